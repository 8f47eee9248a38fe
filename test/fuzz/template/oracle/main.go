// The engine of Helm: a template a line as a JSON string, what it renders or the reason why it does not a line. Its argument is the file of values.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
	"sigs.k8s.io/yaml"
)

type answer struct {
	Text  *string `json:"text,omitempty"`
	Error *string `json:"error,omitempty"`
}

func render(values []byte, template string) (found answer) {
	refuse := func(words string) answer { return answer{Error: &words} }
	defer func() {
		if reason := recover(); reason != nil {
			found = refuse(fmt.Sprint(reason))
		}
	}()
	var own map[string]interface{}
	if err := yaml.Unmarshal(values, &own); err != nil {
		return refuse(err.Error())
	}
	metadata := &chart.Metadata{Name: "c", Version: "1.2.3", AppVersion: "v4", APIVersion: "v2"}
	file := &chart.File{Name: "templates/t", Data: []byte(template)}
	whole := &chart.Chart{Metadata: metadata, Templates: []*chart.File{file}, Values: own}
	release := chartutil.ReleaseOptions{Name: "rel", Namespace: "ns", Revision: 1, IsInstall: true}
	merged, err := chartutil.ToRenderValues(whole, map[string]interface{}{}, release, nil)
	if err != nil {
		return refuse(err.Error())
	}
	rendered, err := engine.Render(whole, merged)
	if err != nil {
		return refuse(err.Error())
	}
	text := rendered["c/templates/t"]
	return answer{Text: &text}
}

func main() {
	values, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<26)
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for lines.Scan() {
		var template string
		if err := json.Unmarshal(lines.Bytes(), &template); err != nil {
			panic(err)
		}
		if err := out.Encode(render(values, template)); err != nil {
			panic(err)
		}
	}
}
