package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"fmt"
	"net"
	"net/http"
	"sort"
	"strings"
	"sync/atomic"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// What stands in for source-controller: one archive at a time, and the status of the one source that names it.
type artifacts struct {
	address string
	archive atomic.Pointer[[]byte]
	count   int
}

func serveArtifacts() *artifacts {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	a := &artifacts{address: listener.Addr().String()}
	go func() {
		_ = http.Serve(listener, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(*a.archive.Load()) }))
	}()
	return a
}

func archived(r revision) []byte {
	var buffer bytes.Buffer
	zipped := gzip.NewWriter(&buffer)
	files := tar.NewWriter(zipped)
	for path, text := range r.Builds {
		_ = files.WriteHeader(&tar.Header{Name: path + "/all.yaml", Mode: 0o644, Size: int64(len(text)), Typeflag: tar.TypeReg})
		_, _ = files.Write([]byte(text))
	}
	_ = files.Close()
	_ = zipped.Close()
	return buffer.Bytes()
}

// Publishes a revision, and returns what it is called.
func (a *artifacts) publish(c *cluster, r revision) string {
	archive := archived(r)
	a.archive.Store(&archive)
	a.count++
	name := fmt.Sprintf("main@sha1:%040x", a.count)
	source := schema.GroupVersionKind{Group: "source.toolkit.fluxcd.io", Version: "v1", Kind: "GitRepository"}
	until("the source is there", time.Minute, func() bool {
		live := c.get(source, "flux-system", "flux-system")
		if live == nil {
			return false
		}
		live.Object["status"] = map[string]any{
			"observedGeneration": live.GetGeneration(),
			"artifact": map[string]any{
				"path":           "archive.tar.gz",
				"url":            fmt.Sprintf("http://%s/%d.tar.gz", a.address, a.count),
				"revision":       name,
				"digest":         fmt.Sprintf("sha256:%x", sha256.Sum256(archive)),
				"lastUpdateTime": time.Now().UTC().Format(time.RFC3339),
			},
			"conditions": []any{map[string]any{
				"type": "Ready", "status": "True", "reason": "Succeeded", "message": "stored",
				"lastTransitionTime": time.Now().UTC().Format(time.RFC3339),
			}},
		}
		return c.Status().Update(context.Background(), live) == nil
	})
	return name
}

func (c *cluster) kustomizations() []unstructured.Unstructured {
	list := &unstructured.UnstructuredList{}
	list.SetGroupVersionKind(kustomization)
	if err := c.List(context.Background(), list, client.InNamespace("flux-system")); err != nil {
		panic(err)
	}
	return list.Items
}

func ready(k unstructured.Unstructured) (status, reason, message string) {
	conditions, _, _ := unstructured.NestedSlice(k.Object, "status", "conditions")
	for _, one := range conditions {
		if condition := one.(map[string]any); condition["type"] == "Ready" {
			return fmt.Sprint(condition["status"]), fmt.Sprint(condition["reason"]), fmt.Sprint(condition["message"])
		}
	}
	return "", "", ""
}

// Whether the controller has nothing left to do with a Kustomization but to try again.
func isSettled(k unstructured.Unstructured, revision string) bool {
	if k.GetDeletionTimestamp() != nil {
		return false
	}
	if suspended, _, _ := unstructured.NestedBool(k.Object, "spec", "suspend"); suspended {
		return true
	}
	attempted, _, _ := unstructured.NestedString(k.Object, "status", "lastAttemptedRevision")
	observed, _, _ := unstructured.NestedInt64(k.Object, "status", "observedGeneration")
	status, reason, _ := ready(k)
	if reason == "DependencyNotReady" || reason == "ArtifactFailed" {
		return true
	}
	return attempted == revision && (observed == k.GetGeneration() || status == "False") && status != "Unknown"
}

// What there is in one line, to see whether it still changes.
func (c *cluster) picture(objects []*unstructured.Unstructured) string {
	words := []string{}
	for name, one := range c.snapshot(objects, nil) {
		words = append(words, name+one.uid+one.owner)
	}
	for _, k := range c.kustomizations() {
		status, reason, _ := ready(k)
		words = append(words, string(k.GetUID())+status+reason)
	}
	sort.Strings(words)
	return strings.Join(words, " ")
}

// Waits until nothing has changed for some seconds.
func (c *cluster) settle(what, revision string, objects []*unstructured.Unstructured) {
	last, since := "", time.Now()
	until(what, 3*time.Minute, func() bool {
		time.Sleep(200 * time.Millisecond)
		for _, k := range c.kustomizations() {
			if !isSettled(k, revision) {
				last = ""
				return false
			}
		}
		if now := c.picture(objects); now != last {
			last, since = now, time.Now()
		}
		return time.Since(since) > 4*time.Second
	})
}

func (c *cluster) heldByStatus() map[string]bool {
	held := map[string]bool{}
	for _, k := range c.kustomizations() {
		entries, _, _ := unstructured.NestedSlice(k.Object, "status", "inventory", "entries")
		for _, entry := range entries {
			// <namespace>_<name>_<group>_<kind>
			id := strings.Split(fmt.Sprint(entry.(map[string]any)["id"]), "_")
			held[fmt.Sprintf("%s/%s/%s", id[3], id[0], id[1])] = true
		}
	}
	return held
}

// What the controller makes of a history, in the order in which it happens to work.
func outcomesOfController() func(c *cluster, h history) map[string][]string {
	a := serveArtifacts()
	return func(c *cluster, h history) map[string][]string {
		c.clear(h)
		objects := all(h)
		for _, o := range bootstrapped(h) {
			c.mustApply(o)
		}
		c.settle(h.Name+" before", a.publish(c, h.Base), objects)
		c.bindClaims(objects)
		before := c.snapshot(objects, c.heldByStatus())
		c.settle(h.Name+" after", a.publish(c, h.Head), objects)
		after := c.snapshot(objects, c.heldByStatus())
		messages := ""
		for _, k := range c.kustomizations() {
			_, _, message := ready(k)
			messages += message + "\n"
		}
		outcomes := map[string][]string{}
		for _, o := range objects {
			outcomes[key(o)] = []string{outcome(before[key(o)], after[key(o)], refusedIn(messages, o))}
		}
		return outcomes
	}
}
