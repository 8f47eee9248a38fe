// Reads histories of Flux Kustomizations, plays them against an API server, and says what became of each object:
// `go run . library` applies and prunes by fluxcd/pkg/ssa in several orders, `go run . controller` lets a kustomize-controller that runs
// beside it do so. KUBECONFIG names a server that nobody needs, see record.mjs.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"sort"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/yaml"
)

const group = "kustomize.toolkit.fluxcd.io"

type revision struct {
	// Rendered YAML documents by the path of a Kustomization.
	Builds map[string]string `json:"builds"`
}

type history struct {
	Name string   `json:"name"`
	Root string   `json:"root"`
	Base revision `json:"base"`
	Head revision `json:"head"`
}

func key(o client.Object) string {
	gk := o.GetObjectKind().GroupVersionKind().GroupKind()
	return fmt.Sprintf("%s/%s/%s", gk.Kind, o.GetNamespace(), o.GetName())
}

func read(text string) []*unstructured.Unstructured {
	objects := []*unstructured.Unstructured{}
	for _, document := range regexp.MustCompile(`(?m)^---\n`).Split(text, -1) {
		if strings.TrimSpace(document) == "" {
			continue
		}
		u := &unstructured.Unstructured{}
		if err := yaml.Unmarshal([]byte(document), &u.Object); err != nil {
			panic(err)
		}
		objects = append(objects, u)
	}
	return objects
}

func all(h history) []*unstructured.Unstructured {
	seen := map[string]bool{}
	found := []*unstructured.Unstructured{}
	for _, r := range []revision{h.Base, h.Head} {
		for _, text := range r.Builds {
			for _, o := range read(text) {
				if !seen[key(o)] {
					seen[key(o)] = true
					found = append(found, o)
				}
			}
		}
	}
	return found
}

func kustomizations(h history) []string {
	names := map[string]bool{"flux-system/flux-system": true}
	for _, o := range all(h) {
		if o.GetKind() == "Kustomization" {
			names[o.GetNamespace()+"/"+o.GetName()] = true
		}
	}
	list := []string{}
	for name := range names {
		list = append(list, name)
	}
	sort.Strings(list)
	return list
}

// The Kustomization that reads the root, and the source that it reads: what a bootstrap applies by hand.
func bootstrapped(h history) []*unstructured.Unstructured {
	found := []*unstructured.Unstructured{}
	for _, o := range read(h.Base.Builds[h.Root]) {
		if o.GetName() == "flux-system" {
			found = append(found, o)
		}
	}
	return found
}

// Parents before what they apply, by the base and then by the head.
func byDepth(h history, names []string) []string {
	depth := map[string]int{}
	for pass := 0; pass < 6; pass++ {
		for _, r := range []revision{h.Base, h.Head} {
			for _, text := range r.Builds {
				for _, o := range read(text) {
					if o.GetKind() != "Kustomization" {
						continue
					}
					path, _, _ := unstructured.NestedString(o.Object, "spec", "path")
					for _, child := range read(r.Builds[strings.TrimPrefix(path, "./")]) {
						id := child.GetNamespace() + "/" + child.GetName()
						own := o.GetNamespace() + "/" + o.GetName()
						if child.GetKind() == "Kustomization" && id != own && depth[id] <= depth[own] && pass < 5 {
							depth[id] = depth[own] + 1
						}
					}
				}
			}
		}
	}
	sorted := append([]string{}, names...)
	sort.SliceStable(sorted, func(i, j int) bool { return depth[sorted[i]] < depth[sorted[j]] })
	return sorted
}

func reversed(list []string) []string {
	out := []string{}
	for i := len(list) - 1; i >= 0; i-- {
		out = append(out, list[i])
	}
	return out
}

func main() {
	var histories []history
	if err := json.NewDecoder(os.Stdin).Decode(&histories); err != nil {
		panic(err)
	}
	c := connect()
	players := map[string]func(c *cluster, h history) map[string][]string{
		"library":    outcomesInOrders,
		"controller": outcomesOfController(),
	}
	result := map[string]map[string][]string{}
	for _, h := range histories {
		result[h.Name] = players[os.Args[1]](c, h)
		fmt.Fprintln(os.Stderr, h.Name)
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetIndent("", " ")
	_ = encoder.Encode(result)
}
