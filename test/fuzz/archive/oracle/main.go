// Reads archives as Helm does, through archive/tar: one on each line of standard input, in hexadecimal digits. Prints a line of JSON for
// each: the names and contents of its files, in hexadecimal digits, or null for what is refused.
package main

import (
	"archive/tar"
	"bufio"
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<24)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	answers := json.NewEncoder(out)
	for lines.Scan() {
		archive, err := hex.DecodeString(lines.Text())
		if err != nil {
			panic(err)
		}
		files, err := read(archive)
		if err != nil {
			files = nil
		}
		if err := answers.Encode(files); err != nil {
			panic(err)
		}
	}
}

func read(archive []byte) ([][2]string, error) {
	files := [][2]string{}
	reader := tar.NewReader(bytes.NewReader(archive))
	for {
		header, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return files, nil
		}
		if err != nil {
			return nil, err
		}
		if header.FileInfo().IsDir() || header.Typeflag == tar.TypeXGlobalHeader {
			continue
		}
		content, err := io.ReadAll(reader)
		if err != nil {
			return nil, err
		}
		name := []byte(string([]rune(header.Name)))
		files = append(files, [2]string{hex.EncodeToString(name), hex.EncodeToString(content)})
	}
}
