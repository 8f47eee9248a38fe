// Prints what the readers of a cluster see in YAML: each line of standard input is a JSON string, each line of standard output is
// {"kustomize": …, "kubectl": …, "argocd": …, "flux": …}, with CDB_LINT_ORACLE_ALL also "apiserver" and "helm", where each is the list of
// objects, or a string that says why there are none. A line that is an object holds the files of a kustomization by path, and is answered by {"build": …}.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/fluxcd/pkg/ssa/utils"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	serializer "k8s.io/apimachinery/pkg/runtime/serializer/json"
	kubeyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/api/provider"
	"sigs.k8s.io/kustomize/api/resource"
	"sigs.k8s.io/kustomize/kyaml/filesys"
	"sigs.k8s.io/kustomize/kyaml/kio"
	kyaml "sigs.k8s.io/kustomize/kyaml/yaml"
	"sigs.k8s.io/yaml"
)

type objects = []any

const fluxShare = 8

const longestAnswer = 5 * time.Second

// It ends itself, as what asked for it may be gone.
const longestExpansion = 2 * time.Second

// Enough for all that is not endless, which ends the sooner.
const largestStack = 4 << 20

// Set for a process that expands the aliases of a text, or crashes.
const askedToExpand = "CDB_LINT_ORACLE_EXPAND"

var askAll = os.Getenv("CDB_LINT_ORACLE_ALL") != ""

var factory = provider.NewDefaultDepProvider().GetResourceFactory()

func main() {
	debug.SetMaxStack(largestStack)
	if os.Getenv(askedToExpand) != "" {
		time.AfterFunc(longestExpansion, func() { os.Exit(2) })
		if _, err := kio.FromBytes(must(io.ReadAll(os.Stdin))); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
		return
	}
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	for {
		line, err := in.ReadBytes('\n')
		if err != nil {
			return
		}
		// The end of this process is taken for no answer.
		endless := time.AfterFunc(longestAnswer, func() { os.Exit(2) })
		if line[0] == '{' {
			var files map[string]string
			if err := json.Unmarshal(line, &files); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
			answer, _ := json.Marshal(map[string]any{"build": attempt(func() (objects, error) { return buildTree(files) })})
			endless.Stop()
			out.Write(append(answer, '\n'))
			if in.Buffered() == 0 {
				out.Flush()
			}
			continue
		}
		var text string
		if err := json.Unmarshal(line, &text); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		rendered, kustomize := readKustomize([]byte(text))
		var flux any = "not asked"
		// It is the dearest to ask, and most of what it reads kustomize has made.
		if _, isText := kustomize.(string); !isText && (askAll || len(text)%fluxShare == 0) {
			flux = attempt(func() (objects, error) { return readFlux(rendered) })
		}
		readings := map[string]any{
			"kustomize": kustomize,
			"flux":      flux,
			"kubectl":   attempt(func() (objects, error) { return readKubectl([]byte(text)) }),
			"argocd":    attempt(func() (objects, error) { return readArgo([]byte(text)) }),
		}
		if askAll {
			readings["apiserver"] = attempt(func() (objects, error) { return readServer([]byte(text)) })
			readings["helm"] = attempt(func() (objects, error) { return readHelm([]byte(text)) })
		}
		answer, _ := json.Marshal(readings)
		endless.Stop()
		out.Write(append(answer, '\n'))
		if in.Buffered() == 0 {
			out.Flush()
		}
	}
}

// The objects, or the error or panic as text.
func attempt(read func() (objects, error)) (result any) {
	defer func() {
		if problem := recover(); problem != nil {
			result = fmt.Sprint("panic: ", problem)
		}
	}()
	found, err := read()
	if err != nil {
		return err.Error()
	}
	if found == nil {
		return objects{}
	}
	return found
}

// What `kustomize build` prints for a file named under resources, and its objects.
func readKustomize(text []byte) (rendered []byte, result any) {
	result = attempt(func() (objects, error) {
		if err := checkAliases(text); err != nil {
			return nil, err
		}
		resources, err := factory.SliceFromBytes(text)
		if err != nil {
			return nil, err
		}
		var found objects
		for _, one := range resources {
			if err := finish(one); err != nil {
				return nil, err
			}
			document, err := one.AsYAML()
			if err != nil {
				return nil, err
			}
			object, err := one.MarshalJSON()
			if err != nil {
				return nil, err
			}
			rendered = append(append(rendered, document...), "---\n"...)
			found = append(found, json.RawMessage(object))
		}
		return found, nil
	})
	return rendered, result
}

// A build keeps notes among the annotations and takes them out at its end, which makes texts of all others before anything decodes them.
func finish(one *resource.Resource) error {
	annotations := one.GetAnnotations()
	annotations["internal.config.kubernetes.io/previousKinds"] = one.GetKind()
	if err := one.SetAnnotations(annotations); err != nil {
		return err
	}
	one.RemoveBuildAnnotations()
	return nil
}

// What `kustomize build` prints for files by path, of which no anchor may hold itself.
func buildTree(files map[string]string) (objects, error) {
	system := filesys.MakeFsInMemory()
	for path, text := range files {
		if path == "p.yaml" && !strings.Contains(files["kustomization.yaml"], "Generator:\n- name:") {
			if err := checkAliases([]byte(text)); err != nil && err.Error() == "an anchor holds itself" {
				return nil, err
			}
		}
		if err := system.WriteFile("/"+path, []byte(text)); err != nil {
			return nil, err
		}
	}
	built, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(system, "/")
	if err != nil {
		return nil, err
	}
	var found objects
	for _, resource := range built.Resources() {
		if _, err := resource.AsYAML(); err != nil {
			return nil, err
		}
		object, err := resource.MarshalJSON()
		if err != nil {
			return nil, err
		}
		found = append(found, json.RawMessage(object))
	}
	return found, nil
}

// kustomize overflows its stack, and no one can recover from that, where an anchor holds itself other than in a merge.
func checkAliases(text []byte) error {
	if !bytes.ContainsRune(text, '*') {
		return nil
	}
	reader := kio.ByteReader{Reader: bytes.NewReader(text), OmitReaderAnnotations: true}
	nodes, err := reader.Read()
	for _, node := range nodes {
		if holdsItself(node.YNode(), nil) {
			return expandElsewhere(text)
		}
	}
	return err
}

func expandElsewhere(text []byte) error {
	child := exec.Command(must(os.Executable()))
	child.Env = append(os.Environ(), askedToExpand+"=yes")
	child.Stdin = bytes.NewReader(text)
	if child.Run() != nil {
		return errors.New("an anchor holds itself")
	}
	return nil
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func holdsItself(node *kyaml.Node, above []*kyaml.Node) bool {
	if node.Kind == kyaml.AliasNode {
		return slices.Contains(above, node.Alias)
	}
	for _, child := range node.Content {
		if holdsItself(child, append(above, node)) {
			return true
		}
	}
	return false
}

func readFlux(rendered []byte) (objects, error) {
	read, err := utils.ReadObjects(bytes.NewReader(rendered))
	var found objects
	for _, object := range read {
		found = append(found, object.Object)
	}
	return found, err
}

func splitDocuments(text []byte) ([][]byte, error) {
	decoder := kubeyaml.NewYAMLOrJSONDecoder(bytes.NewReader(text), 4096)
	var documents [][]byte
	for {
		document := runtime.RawExtension{}
		if err := decoder.Decode(&document); err != nil {
			if errors.Is(err, io.EOF) {
				return documents, nil
			}
			return documents, err
		}
		raw := bytes.TrimSpace(document.Raw)
		if len(raw) > 0 && !bytes.Equal(raw, []byte("null")) {
			documents = append(documents, raw)
		}
	}
}

// As the visitors of k8s.io/cli-runtime read a file for kubectl.
func readKubectl(text []byte) (objects, error) {
	documents, err := splitDocuments(text)
	if err != nil {
		return nil, err
	}
	var found objects
	for _, raw := range documents {
		object, _, err := unstructured.UnstructuredJSONScheme.Decode(raw, nil, nil)
		if err != nil {
			return nil, err
		}
		found = appendFlat(found, object)
	}
	return found, nil
}

func appendFlat(found objects, object runtime.Object) objects {
	switch typed := object.(type) {
	case *unstructured.UnstructuredList:
		for index := range typed.Items {
			found = appendFlat(found, &typed.Items[index])
		}
	case *unstructured.Unstructured:
		found = append(found, typed.Object)
	}
	return found
}

// As kube.SplitYAML of gitops-engine and the repo server's manifest generation read a file.
func readArgo(text []byte) (objects, error) {
	documents, err := splitDocuments(text)
	if err != nil {
		return nil, err
	}
	var found objects
	for _, raw := range documents {
		object := &unstructured.Unstructured{}
		if err := yaml.Unmarshal(raw, object); err != nil {
			return nil, err
		}
		if !object.IsList() {
			found = append(found, object.Object)
			continue
		}
		err := object.EachListItem(func(item runtime.Object) error {
			found = append(found, item.(*unstructured.Unstructured).Object)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}

// A body in YAML with strict validation, as a server-side apply sends it: one document, decoded as apimachinery's YAML serializer does.
func readServer(text []byte) (objects, error) {
	strict := serializer.NewSerializerWithOptions(serializer.DefaultMetaFactory, unstructuredCreater{}, unstructuredCreater{},
		serializer.SerializerOptions{Yaml: true, Strict: true})
	object, _, err := strict.Decode(text, nil, &unstructured.Unstructured{})
	if err != nil {
		return nil, err
	}
	return appendFlat(nil, object), nil
}

type unstructuredCreater struct{}

func (unstructuredCreater) New(kind schema.GroupVersionKind) (runtime.Object, error) {
	object := &unstructured.Unstructured{}
	object.SetGroupVersionKind(kind)
	return object, nil
}

func (unstructuredCreater) ObjectKinds(object runtime.Object) ([]schema.GroupVersionKind, bool, error) {
	return []schema.GroupVersionKind{object.GetObjectKind().GroupVersionKind()}, false, nil
}

func (unstructuredCreater) Recognizes(schema.GroupVersionKind) bool { return true }

// As pkg/releaseutil of Helm 3 splits what a template printed, looks at the head of each part, and hands the rest to kubectl's reader.
var separator = regexp.MustCompile(`(?:^|\s*\n)---\s*`)

func readHelm(text []byte) (objects, error) {
	var sent []byte
	// The loader of charts takes a byte order mark away.
	text = bytes.TrimPrefix(text, []byte("\xEF\xBB\xBF"))
	for _, part := range separator.Split(string(text), -1) {
		if strings.TrimSpace(part) == "" {
			continue
		}
		var head struct {
			Version string `json:"apiVersion"`
			Kind    string `json:"kind,omitempty"`
		}
		if err := yaml.Unmarshal([]byte(part), &head); err != nil {
			return nil, err
		}
		sent = append(append(sent, "---\n"...), part+"\n"...)
	}
	return readKubectl(sent)
}
