// Plays histories of Flux Kustomizations in several orders with fluxcd/pkg/ssa, by which kustomize-controller 1.9 applies and prunes: owner
// labels, inventories, protections and force are its own. The loop around it follows kustomization_controller.go. The API server is
// controller-runtime's double, which merges as a server does, knows nothing of other versions of a kind, and refuses what refuse says.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"regexp"
	"sort"
	"strings"
	"sync"
	"time"

	"github.com/fluxcd/cli-utils/pkg/kstatus/polling"
	"github.com/fluxcd/cli-utils/pkg/object"
	"github.com/fluxcd/pkg/ssa"
	"github.com/fluxcd/pkg/ssa/normalize"
	"k8s.io/apimachinery/pkg/api/equality"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/validation/field"
	clientgoscheme "k8s.io/client-go/kubernetes/scheme"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/fake"
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

type cluster struct {
	client.Client
	births map[string]int
	errors []string
}

func key(o client.Object) string {
	gk := o.GetObjectKind().GroupVersionKind().GroupKind()
	return fmt.Sprintf("%s/%s/%s", gk.Kind, o.GetNamespace(), o.GetName())
}

// Patch counts births and refuses what an API server would refuse of an update.
func (c *cluster) Patch(ctx context.Context, o client.Object, p client.Patch, opts ...client.PatchOption) error {
	u, isUnstructured := o.(*unstructured.Unstructured)
	po := client.PatchOptions{}
	po.ApplyOptions(opts)
	isDry := len(po.DryRun) > 0
	live := &unstructured.Unstructured{}
	live.SetGroupVersionKind(o.GetObjectKind().GroupVersionKind())
	err := c.Client.Get(ctx, client.ObjectKeyFromObject(o), live)
	isNew := apierrors.IsNotFound(err)
	if err == nil && isUnstructured {
		if refusal := refuse(live, u); refusal != nil {
			return refusal
		}
	}
	if isUnstructured && u.GetKind() == "PersistentVolumeClaim" {
		if s, _, _ := unstructured.NestedString(u.Object, "spec", "resources", "requests", "storage"); strings.HasPrefix(s, "-") {
			return invalid(u, "spec.resources.requests.storage", "must be greater than zero")
		}
	}
	if isDry && isNew {
		return nil
	}
	if err := c.Client.Patch(ctx, o, p, opts...); err != nil {
		return err
	}
	if isNew && !isDry {
		c.births[key(o)]++
	}
	return nil
}

func invalid(o *unstructured.Unstructured, path, detail string) error {
	gk := o.GroupVersionKind().GroupKind()
	return apierrors.NewInvalid(gk, o.GetName(), field.ErrorList{field.Invalid(field.NewPath(path), "", detail)})
}

var frozen = map[string][][]string{
	"Deployment":    {{"spec", "selector"}},
	"DaemonSet":     {{"spec", "selector"}},
	"StatefulSet":   {{"spec", "volumeClaimTemplates"}, {"spec", "serviceName"}, {"spec", "selector"}},
	"Job":           {{"spec", "template"}},
	"Secret":        {{"type"}},
	"RoleBinding":   {{"roleRef"}},
	"StorageClass":  {{"provisioner"}, {"parameters"}},
	"PriorityClass": {{"value"}},
}

func refuse(live, next *unstructured.Unstructured) error {
	for _, path := range frozen[live.GetKind()] {
		before, _, _ := unstructured.NestedFieldNoCopy(live.Object, path...)
		after, _, _ := unstructured.NestedFieldNoCopy(next.Object, path...)
		if !equality.Semantic.DeepEqual(before, after) {
			return invalid(next, strings.Join(path, "."), "field is immutable")
		}
	}
	if live.GetKind() == "PersistentVolumeClaim" {
		at := []string{"spec", "resources", "requests", "storage"}
		before, _, _ := unstructured.NestedString(live.Object, at...)
		after, _, _ := unstructured.NestedString(next.Object, at...)
		b, errB := resource.ParseQuantity(before)
		a, errA := resource.ParseQuantity(after)
		if errA == nil && errB == nil && a.Cmp(b) < 0 {
			return apierrors.NewInvalid(live.GroupVersionKind().GroupKind(), live.GetName(), field.ErrorList{field.Forbidden(field.NewPath("spec"), "field can not be less than status.capacity")})
		}
	}
	if immutable, _, _ := unstructured.NestedBool(live.Object, "immutable"); immutable {
		before, _, _ := unstructured.NestedMap(live.Object, "data")
		after, _, _ := unstructured.NestedMap(next.Object, "data")
		if !equality.Semantic.DeepEqual(before, after) {
			return invalid(next, "data", "field is immutable when `immutable` is set")
		}
	}
	return nil
}

type controller struct {
	c         *cluster
	inventory map[string]object.ObjMetadataSet
	versions  map[string]string
	revision  revision
	ready     map[string]bool
	refused   map[string]bool
	mapper    meta.RESTMapper
}

func (k *controller) manager() *ssa.ResourceManager {
	poller := polling.NewStatusPoller(k.c, k.mapper, polling.Options{})
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

func get(c client.Client, namespace, name string) *unstructured.Unstructured {
	live := &unstructured.Unstructured{}
	live.SetGroupVersionKind(schema.GroupVersionKind{Group: group, Version: "v1", Kind: "Kustomization"})
	if c.Get(context.Background(), client.ObjectKey{Namespace: namespace, Name: name}, live) != nil {
		return nil
	}
	return live
}

const finalizer = "finalizers.fluxcd.io"

func (k *controller) reconcile(id string) {
	ctx := context.Background()
	namespace, name, _ := strings.Cut(id, "/")
	live := get(k.c, namespace, name)
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
			if strings.Contains(err.Error(), fmt.Sprintf("%s/%s/%s ", o.GetKind(), o.GetNamespace(), o.GetName())) {
				k.refused[key(o)] = true
			}
		}
		k.c.errors = append(k.c.errors, err.Error())
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

func (k *controller) list(set object.ObjMetadataSet) []*unstructured.Unstructured {
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

type state struct {
	birth int
	owner string
	held  bool
	there bool
}

func (k *controller) snapshot(objects []*unstructured.Unstructured) map[string]state {
	held := map[string]bool{}
	for id, set := range k.inventory {
		namespace, name, _ := strings.Cut(id, "/")
		if get(k.c, namespace, name) == nil {
			continue
		}
		for _, one := range set {
			held[fmt.Sprintf("%s/%s/%s", one.GroupKind.Kind, one.Namespace, one.Name)] = true
		}
	}
	states := map[string]state{}
	for _, o := range objects {
		live := &unstructured.Unstructured{}
		live.SetGroupVersionKind(o.GroupVersionKind())
		err := k.c.Get(context.Background(), client.ObjectKeyFromObject(o), live)
		labels := live.GetLabels()
		states[key(o)] = state{
			birth: k.c.births[key(o)],
			owner: labels[group+"/namespace"] + "/" + labels[group+"/name"],
			held:  held[key(o)],
			there: err == nil,
		}
	}
	return states
}

func (k *controller) settle(order func(round int) []string) {
	for round := 0; round < 5; round++ {
		for _, id := range order(round) {
			k.reconcile(id)
		}
	}
}

func newController(h history) *controller {
	scheme := runtime.NewScheme()
	_ = clientgoscheme.AddToScheme(scheme)
	gv := schema.GroupVersion{Group: group, Version: "v1"}
	mapper := meta.NewDefaultRESTMapper(nil)
	clusterWide := map[string]bool{"Namespace": true, "ClusterRole": true, "ClusterRoleBinding": true, "StorageClass": true, "PriorityClass": true, "PersistentVolume": true}
	scheme.AddKnownTypeWithName(gv.WithKind("Kustomization"), &unstructured.Unstructured{})
	scheme.AddKnownTypeWithName(gv.WithKind("KustomizationList"), &unstructured.UnstructuredList{})
	for _, o := range all(h) {
		scope := meta.RESTScopeNamespace
		if clusterWide[o.GetKind()] {
			scope = meta.RESTScopeRoot
		}
		mapper.Add(o.GroupVersionKind(), scope)
	}
	mapper.Add(gv.WithKind("Kustomization"), meta.RESTScopeNamespace)
	c := fake.NewClientBuilder().WithScheme(scheme).WithRESTMapper(mapper).WithReturnManagedFields().Build()
	return &controller{
		c:         &cluster{Client: c, births: map[string]int{}},
		inventory: map[string]object.ObjMetadataSet{},
		versions:  map[string]string{},
		ready:     map[string]bool{},
		refused:   map[string]bool{},
		mapper:    mapper,
	}
}

func play(h history, order func(names []string, round int) []string) map[string]string {
	k := newController(h)
	parents := byDepth(h, kustomizations(h))
	k.revision = h.Base
	for _, o := range read(h.Base.Builds[h.Root]) {
		if o.GetKind() == "Kustomization" && o.GetName() == "flux-system" {
			if err := k.c.Patch(context.Background(), o, client.Apply, client.ForceOwnership, client.FieldOwner("flux")); err != nil {
				panic(err)
			}
		}
	}
	k.settle(func(int) []string { return parents })
	if len(k.c.errors) > 0 {
		panic(h.Name + ": the base does not settle: " + k.c.errors[0])
	}
	objects := all(h)
	before := k.snapshot(objects)
	k.revision = h.Head
	k.ready = map[string]bool{}
	k.settle(func(round int) []string { return order(parents, round) })
	after := k.snapshot(objects)
	outcomes := map[string]string{}
	for name, b := range before {
		outcomes[name] = outcome(b, after[name], k.refused[name])
	}
	return outcomes
}

func outcome(b, a state, refused bool) string {
	switch {
	case !b.there && !a.there:
		return "absent"
	case !b.there:
		return "created"
	case !a.there:
		return "deleted"
	case a.birth != b.birth:
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

// Every outcome of each object that some order leads to.
func outcomesOf(h history) map[string][]string {
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
		for name, outcome := range play(h, order) {
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

func main() {
	var histories []history
	if err := json.NewDecoder(os.Stdin).Decode(&histories); err != nil {
		panic(err)
	}
	result := map[string]map[string][]string{}
	var lock sync.Mutex
	var group sync.WaitGroup
	for _, h := range histories {
		group.Add(1)
		go func() {
			defer group.Done()
			found := outcomesOf(h)
			lock.Lock()
			result[h.Name] = found
			lock.Unlock()
		}()
	}
	group.Wait()
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetIndent("", " ")
	_ = encoder.Encode(result)
}
