// Substitutes variables as Flux does, by its envsubst: in one text on each line of standard input, as JSON. Prints a line of JSON for each:
// the text that comes of it, or null where it is refused. The first line has the variables.
package main

import (
	"bufio"
	"encoding/json"
	"os"

	"github.com/fluxcd/pkg/envsubst"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<24)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	answers := json.NewEncoder(out)
	answers.SetEscapeHTML(false)
	var variables map[string]string
	lines.Scan()
	decode(lines.Bytes(), &variables)
	for lines.Scan() {
		var text string
		decode(lines.Bytes(), &text)
		if err := answers.Encode(substitute(text, variables)); err != nil {
			panic(err)
		}
	}
}

func decode(line []byte, into any) {
	if err := json.Unmarshal(line, into); err != nil {
		panic(err)
	}
}

func substitute(text string, variables map[string]string) (answer any) {
	defer func() {
		if recover() != nil {
			answer = "it ends the controller"
		}
	}()
	result, err := envsubst.Eval(text, func(name string) (string, bool) {
		return variables[name], true
	})
	if err != nil {
		return nil
	}
	return result
}
