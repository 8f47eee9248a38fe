package main

import (
	"context"
	"fmt"
	"math/rand"
	"sort"
	"strings"
	"time"

	"github.com/fluxcd/cli-utils/pkg/kstatus/polling"
	"github.com/fluxcd/cli-utils/pkg/object"
	"github.com/fluxcd/pkg/ssa"
	"github.com/fluxcd/pkg/ssa/normalize"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// The loop around the library as kustomization_controller.go of kustomize-controller 1.9 has it.
type loop struct {
	c         *cluster
	inventory map[string]object.ObjMetadataSet
	versions  map[string]string
	revision  revision
	ready     map[string]bool
	refused   map[string]bool
	errors    []string
}

func (k *loop) manager() *ssa.ResourceManager {
	poller := polling.NewStatusPoller(k.c, k.c.RESTMapper(), polling.Options{})
	return ssa.NewResourceManager(k.c, poller, ssa.Owner{Field: "kustomize-controller", Group: group})
}

func deleteOptions(name, namespace string, m *ssa.ResourceManager) ssa.DeleteOptions {
	return ssa.DeleteOptions{
		PropagationPolicy: metav1.DeletePropagationBackground,
		Inclusions:        m.GetOwnerLabels(name, namespace),
		Exclusions: map[string]string{
			group + "/prune":     "disabled",
			group + "/reconcile": "disabled",
			group + "/ssa":       "Ignore",
		},
	}
}

const finalizer = "finalizers.fluxcd.io"

func (k *loop) reconcile(id string) {
	ctx := context.Background()
	namespace, name, _ := strings.Cut(id, "/")
	live := k.c.get(kustomization, namespace, name)
	if live == nil {
		return
	}
	suspended, _, _ := unstructured.NestedBool(live.Object, "spec", "suspend")
	prune, _, _ := unstructured.NestedBool(live.Object, "spec", "prune")
	force, _, _ := unstructured.NestedBool(live.Object, "spec", "force")
	policy, _, _ := unstructured.NestedString(live.Object, "spec", "deletionPolicy")
	m := k.manager()
	if live.GetDeletionTimestamp() != nil {
		deletes := policy == "Delete" || policy == "WaitForTermination" || ((policy == "" || policy == "MirrorPrune") && prune)
		if !suspended && deletes && len(k.inventory[id]) > 0 {
			if _, err := m.DeleteAll(ctx, k.list(k.inventory[id]), deleteOptions(name, namespace, m)); err != nil {
				return
			}
		}
		delete(k.inventory, id)
		live.SetFinalizers(nil)
		_ = k.c.Client.Update(ctx, live)
		return
	}
	if len(live.GetFinalizers()) == 0 {
		live.SetFinalizers([]string{finalizer})
		if err := k.c.Client.Update(ctx, live); err != nil {
			panic(err)
		}
	}
	if suspended {
		return
	}
	dependencies, _, _ := unstructured.NestedSlice(live.Object, "spec", "dependsOn")
	for _, one := range dependencies {
		d := one.(map[string]any)
		ns, _ := d["namespace"].(string)
		if ns == "" {
			ns = namespace
		}
		if !k.ready[ns+"/"+d["name"].(string)] {
			return
		}
	}
	path, _, _ := unstructured.NestedString(live.Object, "spec", "path")
	text, isThere := k.revision.Builds[strings.TrimPrefix(strings.TrimPrefix(path, "./"), "/")]
	if !isThere {
		k.ready[id] = false
		return
	}
	objects := read(text)
	m.SetOwnerLabels(objects, name, namespace)
	if err := normalize.UnstructuredList(objects); err != nil {
		panic(err)
	}
	options := ssa.DefaultApplyOptions()
	options.WaitInterval = time.Millisecond
	options.WaitTimeout = time.Second
	options.Force = force
	options.ExclusionSelector = map[string]string{group + "/reconcile": "disabled", group + "/ssa": "Ignore"}
	options.IfNotPresentSelector = map[string]string{group + "/ssa": "IfNotPresent"}
	options.ForceSelector = map[string]string{group + "/force": "enabled"}
	changes, err := m.ApplyAllStaged(ctx, objects, options)
	if err != nil {
		k.ready[id] = false
		for _, o := range objects {
			if refusedIn(err.Error(), o) {
				k.refused[key(o)] = true
			}
		}
		k.errors = append(k.errors, err.Error())
		return
	}
	now := object.ObjMetadataSet{}
	for _, entry := range changes.Entries {
		now = append(now, entry.ObjMetadata)
		k.versions[entry.ObjMetadata.String()] = entry.GroupVersion
	}
	stale := k.inventory[id].Diff(now)
	k.inventory[id] = now
	if prune && len(stale) > 0 {
		if _, err := m.DeleteAll(ctx, k.list(stale), deleteOptions(name, namespace, m)); err != nil {
			k.inventory[id] = append(now, stale...)
		}
	}
	k.ready[id] = true
}

func (k *loop) list(set object.ObjMetadataSet) []*unstructured.Unstructured {
	objects := []*unstructured.Unstructured{}
	for _, one := range set {
		u := &unstructured.Unstructured{}
		u.SetGroupVersionKind(schema.GroupVersionKind{Group: one.GroupKind.Group, Version: k.versions[one.String()], Kind: one.GroupKind.Kind})
		u.SetName(one.Name)
		u.SetNamespace(one.Namespace)
		objects = append(objects, u)
	}
	return objects
}

// The objects that inventories of Kustomizations hold which are there.
func (k *loop) held() map[string]bool {
	held := map[string]bool{}
	for id, set := range k.inventory {
		namespace, name, _ := strings.Cut(id, "/")
		if k.c.get(kustomization, namespace, name) == nil {
			continue
		}
		for _, one := range set {
			held[fmt.Sprintf("%s/%s/%s", one.GroupKind.Kind, one.Namespace, one.Name)] = true
		}
	}
	return held
}

func (k *loop) settle(order func(round int) []string) {
	for round := 0; round < 5; round++ {
		for _, id := range order(round) {
			k.reconcile(id)
		}
	}
}

func play(c *cluster, h history, order func(names []string, round int) []string) map[string]string {
	c.clear(h)
	k := &loop{
		c:         c,
		inventory: map[string]object.ObjMetadataSet{},
		versions:  map[string]string{},
		revision:  h.Base,
		ready:     map[string]bool{},
		refused:   map[string]bool{},
	}
	for _, o := range bootstrapped(h) {
		c.mustApply(o)
	}
	parents := byDepth(h, kustomizations(h))
	k.settle(func(int) []string { return parents })
	if len(k.errors) > 0 {
		panic(h.Name + ": the base does not settle: " + k.errors[0])
	}
	objects := all(h)
	c.bindClaims(objects)
	before := c.snapshot(objects, k.held())
	k.revision = h.Head
	k.ready = map[string]bool{}
	k.settle(func(round int) []string { return order(parents, round) })
	after := c.snapshot(objects, k.held())
	outcomes := map[string]string{}
	for name, b := range before {
		outcomes[name] = outcome(b, after[name], k.refused[name])
	}
	return outcomes
}

// Every outcome of each object that some order leads to.
func outcomesInOrders(c *cluster, h history) map[string][]string {
	orders := []func(names []string, round int) []string{
		func(names []string, _ int) []string { return names },
		func(names []string, _ int) []string { return reversed(names) },
	}
	for seed := int64(1); seed <= 4; seed++ {
		r := rand.New(rand.NewSource(seed))
		orders = append(orders, func(names []string, _ int) []string {
			list := append([]string{}, names...)
			r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
			return list
		})
	}
	found := map[string]map[string]bool{}
	for _, order := range orders {
		for name, outcome := range play(c, h, order) {
			if found[name] == nil {
				found[name] = map[string]bool{}
			}
			found[name][outcome] = true
		}
	}
	sorted := map[string][]string{}
	for name, outcomes := range found {
		for one := range outcomes {
			sorted[name] = append(sorted[name], one)
		}
		sort.Strings(sorted[name])
	}
	return sorted
}
