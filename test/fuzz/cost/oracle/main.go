// Prints what the API server estimates for rules of schemas: each line of standard input is {"schema": …, "isResource": …, "rules": […]}, each line of
// standard output {"declared": …, "costs": […]}, the sizes that the schema declares, and for each rule its cost, or a string that says why it has none.
// The version of Kubernetes is the one of the modules.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel/model"
	"k8s.io/apimachinery/pkg/util/version"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	apiservercel "k8s.io/apiserver/pkg/cel"
	"k8s.io/apiserver/pkg/cel/environment"
)

type asked struct {
	Schema     apiextensionsv1.JSONSchemaProps `json:"schema"`
	IsResource bool                            `json:"isResource"`
	Rules      []string                        `json:"rules"`
}

type size struct {
	MaxElements   int64            `json:"maxElements"`
	MinSerialized int64            `json:"minSerialized"`
	Element       *size            `json:"element,omitempty"`
	Key           *size            `json:"key,omitempty"`
	Fields        map[string]*size `json:"fields,omitempty"`
}

type answer struct {
	Declared *size `json:"declared"`
	Costs    []any `json:"costs,omitempty"`
}

// As the modules.
const minor = 36

func main() {
	input := bufio.NewScanner(os.Stdin)
	input.Buffer(nil, 1<<24)
	for input.Scan() {
		var one asked
		check(json.Unmarshal(input.Bytes(), &one))
		line, err := json.Marshal(estimate(one))
		check(err)
		fmt.Println(string(line))
	}
	check(input.Err())
}

func estimate(one asked) answer {
	var internal apiextensions.JSONSchemaProps
	check(apiextensionsv1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(&one.Schema, &internal, nil))
	structural, err := schema.NewStructural(&internal)
	check(err)
	declared := model.SchemaDeclType(structural, one.IsResource)
	result := answer{Declared: sizeOf(declared)}
	if declared == nil {
		return result
	}
	for _, rule := range one.Rules {
		structural.XValidations = append(structural.XValidations, apiextensionsv1.ValidationRule{Rule: rule})
	}
	known := environment.MustBaseEnvSet(version.MajorMinor(1, minor))
	compiled, err := cel.Compile(structural, declared, celconfig.PerCallLimit, known, cel.NewExpressionsEnvLoader())
	check(err)
	for _, one := range compiled {
		if one.Error != nil {
			result.Costs = append(result.Costs, one.Error.Detail)
		} else {
			result.Costs = append(result.Costs, one.MaxCost)
		}
	}
	return result
}

func sizeOf(declared *apiservercel.DeclType) *size {
	if declared == nil {
		return nil
	}
	result := &size{MaxElements: declared.MaxElements, MinSerialized: declared.MinSerializedSize, Element: sizeOf(declared.ElemType), Key: sizeOf(declared.KeyType)}
	for name, field := range declared.Fields {
		if result.Fields == nil {
			result.Fields = map[string]*size{}
		}
		result.Fields[name] = sizeOf(field.Type)
	}
	return result
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
