package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/config"
)

type cluster struct {
	client.Client
}

var (
	kustomization = schema.GroupVersionKind{Group: group, Version: "v1", Kind: "Kustomization"}
	namespaces    = []string{"flux-system", "shop", "store"}
)

// Connects to the server, and brings the CRDs of CRDS, a file of YAML documents.
func connect() *cluster {
	options, err := config.GetConfig()
	if err != nil {
		panic(err)
	}
	options.QPS, options.Burst = 1000, 1000
	own, err := client.New(options, client.Options{Scheme: runtime.NewScheme()})
	if err != nil {
		panic(err)
	}
	c := &cluster{Client: own}
	crds, err := os.ReadFile(os.Getenv("CRDS"))
	if err != nil {
		panic(err)
	}
	for _, o := range read(string(crds)) {
		c.mustApply(o)
	}
	for _, name := range namespaces {
		o := &unstructured.Unstructured{}
		o.SetGroupVersionKind(schema.GroupVersionKind{Version: "v1", Kind: "Namespace"})
		o.SetName(name)
		c.mustApply(o)
	}
	until("the CRDs are served", time.Minute, func() bool {
		list := &unstructured.UnstructuredList{}
		list.SetGroupVersionKind(kustomization)
		return c.List(context.Background(), list) == nil
	})
	return c
}

func (c *cluster) mustApply(o *unstructured.Unstructured) {
	if err := c.Patch(context.Background(), o, client.Apply, client.ForceOwnership, client.FieldOwner("flux")); err != nil {
		panic(err)
	}
}

func until(what string, longest time.Duration, isSo func() bool) {
	for end := time.Now().Add(longest); !isSo(); time.Sleep(100 * time.Millisecond) {
		if time.Now().After(end) {
			panic("not in time: " + what)
		}
	}
}

func (c *cluster) get(gvk schema.GroupVersionKind, namespace, name string) *unstructured.Unstructured {
	live := &unstructured.Unstructured{}
	live.SetGroupVersionKind(gvk)
	err := c.Client.Get(context.Background(), client.ObjectKey{Namespace: namespace, Name: name}, live)
	if apierrors.IsNotFound(err) {
		return nil
	}
	if err != nil {
		panic(err)
	}
	return live
}

func (c *cluster) live(o *unstructured.Unstructured) *unstructured.Unstructured {
	return c.get(o.GroupVersionKind(), o.GetNamespace(), o.GetName())
}

// Takes away all that a history may have left, Kustomizations first and without what their finalizers would do.
func (c *cluster) clear(h history) {
	list := &unstructured.UnstructuredList{}
	list.SetGroupVersionKind(kustomization)
	if err := c.List(context.Background(), list); err != nil {
		panic(err)
	}
	objects := all(h)
	for i := range list.Items {
		objects = append([]*unstructured.Unstructured{&list.Items[i]}, objects...)
	}
	for _, o := range objects {
		until("gone: "+key(o), time.Minute, func() bool {
			live := c.live(o)
			if live == nil {
				return true
			}
			if len(live.GetFinalizers()) > 0 {
				live.SetFinalizers(nil)
				_ = c.Update(context.Background(), live)
			}
			_ = c.Delete(context.Background(), live)
			return false
		})
	}
}

// What a volume controller says of a claim, without which no server lets it grow.
func (c *cluster) bindClaims(objects []*unstructured.Unstructured) {
	for _, o := range objects {
		live := c.live(o)
		if o.GetKind() != "PersistentVolumeClaim" || live == nil {
			continue
		}
		size, _, _ := unstructured.NestedString(live.Object, "spec", "resources", "requests", "storage")
		live.Object["status"] = map[string]any{
			"phase":       "Bound",
			"accessModes": []any{"ReadWriteOnce"},
			"capacity":    map[string]any{"storage": size},
		}
		if err := c.Status().Update(context.Background(), live); err != nil {
			panic(err)
		}
	}
}

type state struct {
	// Another one for an object that was deleted and created again; empty for one that is not there.
	uid   string
	owner string
	held  bool
}

// What is there, whose it says it is, and whether an inventory holds it.
func (c *cluster) snapshot(objects []*unstructured.Unstructured, held map[string]bool) map[string]state {
	states := map[string]state{}
	for _, o := range objects {
		one := state{held: held[key(o)]}
		if live := c.live(o); live != nil {
			labels := live.GetLabels()
			one.uid = string(live.GetUID())
			one.owner = fmt.Sprintf("%s/%s", labels[group+"/namespace"], labels[group+"/name"])
		}
		states[key(o)] = one
	}
	return states
}

func outcome(b, a state, refused bool) string {
	switch {
	case b.uid == "" && a.uid == "":
		return "absent"
	case b.uid == "":
		return "created"
	case a.uid == "":
		return "deleted"
	case a.uid != b.uid:
		return "recreated"
	case refused:
		return "refused"
	case !a.held && b.held:
		return "left"
	case a.owner != b.owner:
		return "adopted"
	}
	return "kept"
}

// Whether what a controller complains of names the object.
func refusedIn(message string, o *unstructured.Unstructured) bool {
	return strings.Contains(message, fmt.Sprintf("%s/%s/%s ", o.GetKind(), o.GetNamespace(), o.GetName()))
}
