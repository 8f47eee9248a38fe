// Plays histories of Argo CD Applications in several orders with gitops-engine 3.6, by which Argo CD compares, prunes and applies: hooks,
// waves, sync options, force and confirmations are its own. The loop around it follows argo-cd's controller (appcontroller.go, state.go,
// sync.go). The API server is a double that refuses what refuse says, and kubectl's apply and replace are followed by hand.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"sort"
	"strings"
	"sync"

	"github.com/go-logr/logr"
	"k8s.io/apimachinery/pkg/api/equality"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/client-go/rest"
	cmdutil "k8s.io/kubectl/pkg/cmd/util"
	"sigs.k8s.io/yaml"

	engine "github.com/argoproj/argo-cd/gitops-engine/v3/pkg/sync"
	"github.com/argoproj/argo-cd/gitops-engine/v3/pkg/sync/common"
	syncresource "github.com/argoproj/argo-cd/gitops-engine/v3/pkg/sync/resource"
	"github.com/argoproj/argo-cd/gitops-engine/v3/pkg/utils/kube"
	"github.com/argoproj/argo-cd/gitops-engine/v3/pkg/utils/kube/kubetest"
)

type revision struct {
	// Rendered YAML documents by the path of an Application.
	Builds map[string]string `json:"builds"`
}

type history struct {
	Name string   `json:"name"`
	Root string   `json:"root"`
	Base revision `json:"base"`
	Head revision `json:"head"`
}

const tracking = "argocd.argoproj.io/tracking-id"

var plurals = map[string]string{
	"Deployment": "deployments", "ConfigMap": "configmaps", "PersistentVolumeClaim": "persistentvolumeclaims",
	"Secret": "secrets", "Job": "jobs", "Application": "applications",
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

// The cluster: an API server and kubectl in front of it.
type cluster struct {
	kubetest.MockKubectlCmd
	live   map[kube.ResourceKey]*unstructured.Unstructured
	births map[kube.ResourceKey]int
	server *httptest.Server
	lock   sync.Mutex
}

func newCluster() *cluster {
	c := &cluster{live: map[kube.ResourceKey]*unstructured.Unstructured{}, births: map[kube.ResourceKey]int{}}
	c.server = httptest.NewServer(http.HandlerFunc(c.serve))
	return c
}

func invalid(o *unstructured.Unstructured, path, detail string) error {
	return apierrors.NewInvalid(o.GroupVersionKind().GroupKind(), o.GetName(), field.ErrorList{field.Invalid(field.NewPath(path), "", detail)})
}

// What an API server refuses of an object, and of an update where there was one.
func refuse(old, next *unstructured.Unstructured) error {
	at := []string{"spec", "resources", "requests", "storage"}
	size, _, _ := unstructured.NestedString(next.Object, at...)
	if strings.HasPrefix(size, "-") {
		return invalid(next, strings.Join(at, "."), "must be greater than zero")
	}
	if old == nil {
		return nil
	}
	for _, path := range map[string][][]string{"Deployment": {{"spec", "selector"}}, "Job": {{"spec", "template"}}}[next.GetKind()] {
		before, _, _ := unstructured.NestedFieldNoCopy(old.Object, path...)
		after, _, _ := unstructured.NestedFieldNoCopy(next.Object, path...)
		if !equality.Semantic.DeepEqual(before, after) {
			return invalid(next, strings.Join(path, "."), "field is immutable")
		}
	}
	if before, _, _ := unstructured.NestedString(old.Object, at...); before != "" {
		b, a := resource.MustParse(before), resource.MustParse(size)
		if a.Cmp(b) < 0 {
			return invalid(next, "spec", "field can not be less than status.capacity")
		}
	}
	return nil
}

// Without controllers everything is healthy at once.
func healthy(o *unstructured.Unstructured) map[string]any {
	switch o.GetKind() {
	case "Job":
		return map[string]any{"succeeded": int64(1), "conditions": []any{map[string]any{"type": "Complete", "status": "True"}}}
	case "PersistentVolumeClaim":
		return map[string]any{"phase": "Bound"}
	case "Deployment":
		replicas, _, _ := unstructured.NestedNumberAsFloat64(o.Object, "spec", "replicas")
		count := int64(replicas)
		return map[string]any{"replicas": count, "updatedReplicas": count, "readyReplicas": count, "availableReplicas": count}
	}
	return nil
}

func (c *cluster) put(o *unstructured.Unstructured) {
	key := kube.GetResourceKey(o)
	stored := o.DeepCopy()
	if c.live[key] == nil {
		c.births[key]++
	}
	stored.SetUID(types.UID(fmt.Sprintf("%s-%d", key, c.births[key])))
	if status := healthy(stored); status != nil {
		stored.Object["status"] = status
	}
	c.live[key] = stored
}

// Deletes an object, or marks it where finalizers hold it.
func (c *cluster) remove(key kube.ResourceKey) {
	o := c.live[key]
	if o == nil {
		return
	}
	if len(o.GetFinalizers()) == 0 {
		delete(c.live, key)
		return
	}
	if o.GetDeletionTimestamp() == nil {
		now := metav1.Now()
		o.SetDeletionTimestamp(&now)
	}
}

func (c *cluster) ManageResources(*rest.Config) (kube.ResourceOperations, func(), error) {
	return &operations{c: c}, func() {}, nil
}

func (c *cluster) GetResource(_ context.Context, _ *rest.Config, gvk schema.GroupVersionKind, name string, namespace string) (*unstructured.Unstructured, error) {
	c.lock.Lock()
	defer c.lock.Unlock()
	if o := c.live[kube.NewResourceKey(gvk.Group, gvk.Kind, namespace, name)]; o != nil {
		return o.DeepCopy(), nil
	}
	return nil, apierrors.NewNotFound(schema.GroupResource{Group: gvk.Group, Resource: gvk.Kind}, name)
}

func (c *cluster) DeleteResource(_ context.Context, _ *rest.Config, gvk schema.GroupVersionKind, name string, namespace string, _ metav1.DeleteOptions) error {
	c.lock.Lock()
	defer c.lock.Unlock()
	c.remove(kube.NewResourceKey(gvk.Group, gvk.Kind, namespace, name))
	return nil
}

type operations struct {
	kubetest.MockResourceOps
	c *cluster
}

// kubectl apply: with --force it deletes what is invalid to update and creates it, or the old one where that fails.
func (r *operations) ApplyResource(_ context.Context, o *unstructured.Unstructured, dryRun cmdutil.DryRunStrategy, force, _, serverSide bool, _ string) (string, error) {
	r.c.lock.Lock()
	defer r.c.lock.Unlock()
	if dryRun != cmdutil.DryRunNone {
		return "", nil
	}
	key := kube.GetResourceKey(o)
	old := r.c.live[key]
	err := refuse(old, o)
	if err == nil {
		r.c.put(o)
		return "", nil
	}
	if old == nil || !force || serverSide {
		return "", err
	}
	delete(r.c.live, key)
	if err := refuse(nil, o); err != nil {
		r.c.put(old)
		return "", err
	}
	r.c.put(o)
	return "", nil
}

// kubectl replace: with --force it deletes first, and creates what the server takes.
func (r *operations) ReplaceResource(_ context.Context, o *unstructured.Unstructured, dryRun cmdutil.DryRunStrategy, force bool) (string, error) {
	r.c.lock.Lock()
	defer r.c.lock.Unlock()
	if dryRun != cmdutil.DryRunNone {
		return "", nil
	}
	key := kube.GetResourceKey(o)
	if force {
		delete(r.c.live, key)
	}
	if err := refuse(r.c.live[key], o); err != nil {
		return "", err
	}
	r.c.put(o)
	return "", nil
}

func (r *operations) CreateResource(_ context.Context, o *unstructured.Unstructured, dryRun cmdutil.DryRunStrategy, _ bool) (string, error) {
	r.c.lock.Lock()
	defer r.c.lock.Unlock()
	if dryRun != cmdutil.DryRunNone {
		return "", nil
	}
	if err := refuse(nil, o); err != nil {
		return "", err
	}
	r.c.put(o)
	return "", nil
}

// The part of the REST API that the engine uses itself: discovery, and reading, writing and deleting hooks.
func (c *cluster) serve(w http.ResponseWriter, r *http.Request) {
	c.lock.Lock()
	defer c.lock.Unlock()
	w.Header().Set("Content-Type", "application/json")
	parts := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	group, rest := "", parts[1:]
	if parts[0] == "apis" {
		group, rest = parts[1], parts[2:]
	}
	if len(rest) == 1 {
		list := metav1.APIResourceList{GroupVersion: strings.Trim(group+"/"+rest[0], "/")}
		for kind, plural := range plurals {
			list.APIResources = append(list.APIResources, metav1.APIResource{Name: plural, Kind: kind, Group: group, Version: rest[0], Namespaced: true, Verbs: []string{"get", "list", "create", "update", "patch", "delete"}})
		}
		_ = json.NewEncoder(w).Encode(list)
		return
	}
	kind := ""
	for one, plural := range plurals {
		if plural == rest[3] {
			kind = one
		}
	}
	key := kube.NewResourceKey(group, kind, rest[2], rest[4])
	o := c.live[key]
	if o == nil {
		w.WriteHeader(http.StatusNotFound)
		_ = json.NewEncoder(w).Encode(apierrors.NewNotFound(schema.GroupResource{Group: group, Resource: rest[3]}, rest[4]).Status())
		return
	}
	switch r.Method {
	case http.MethodDelete:
		c.remove(key)
		_ = json.NewEncoder(w).Encode(metav1.Status{TypeMeta: metav1.TypeMeta{Kind: "Status", APIVersion: "v1"}, Status: "Success"})
		return
	case http.MethodPut:
		body, _ := io.ReadAll(r.Body)
		next := &unstructured.Unstructured{}
		if err := json.Unmarshal(body, &next.Object); err != nil {
			panic(err)
		}
		next.SetDeletionTimestamp(o.GetDeletionTimestamp())
		c.live[key] = next
		if next.GetDeletionTimestamp() != nil && len(next.GetFinalizers()) == 0 {
			delete(c.live, key)
		}
		o = next
	}
	_ = json.NewEncoder(w).Encode(o)
}

type everywhere struct{}

func (everywhere) IsNamespaced(schema.GroupKind) (bool, error) { return true, nil }

type controller struct {
	c        *cluster
	revision revision
	refused  map[kube.ResourceKey]bool
	// What each Application has as its target, as of its last comparison.
	targets map[string]map[kube.ResourceKey]bool
}

func (k *controller) application(name string) *unstructured.Unstructured {
	return k.c.live[kube.NewResourceKey("argoproj.io", "Application", "argocd", name)]
}

func trackedBy(o *unstructured.Unstructured) string {
	name, _, _ := strings.Cut(o.GetAnnotations()[tracking], ":")
	return name
}

func (k *controller) trackedLive(name string) map[kube.ResourceKey]*unstructured.Unstructured {
	found := map[kube.ResourceKey]*unstructured.Unstructured{}
	for key, o := range k.c.live {
		if trackedBy(o) == name {
			found[key] = o.DeepCopy()
		}
	}
	return found
}

func optionsOf(app *unstructured.Unstructured) []string {
	words, _, _ := unstructured.NestedStringSlice(app.Object, "spec", "syncPolicy", "syncOptions")
	return words
}

func has(words []string, word string) bool {
	for _, one := range words {
		if one == word {
			return true
		}
	}
	return false
}

func valueOf(words []string, option string) *string {
	for _, one := range words {
		if name, value, _ := strings.Cut(one, "="); name == option {
			return &value
		}
	}
	return nil
}

// finalizeApplicationDeletion and shouldBeDeleted of appcontroller.go.
func (k *controller) finalize(name string, app *unstructured.Unstructured) {
	for _, finalizer := range app.GetFinalizers() {
		if !strings.HasPrefix(finalizer, "resources-finalizer.argocd.argoproj.io") {
			continue
		}
		for key, o := range k.trackedLive(name) {
			option := syncresource.GetAnnotationOptionValue(o, common.AnnotationSyncOptions, common.SyncOptionDelete)
			if option == nil {
				option = valueOf(optionsOf(app), "Delete")
			}
			if option != nil && (*option == "false" || *option == "confirm") || o.GetAnnotations()["helm.sh/resource-policy"] == "keep" {
				continue
			}
			k.c.live[key].SetFinalizers(nil)
			k.c.remove(key)
		}
	}
	delete(k.c.live, kube.GetResourceKey(app))
	delete(k.targets, name)
}

func (k *controller) reconcile(name string) {
	app := k.application(name)
	if app == nil {
		return
	}
	if app.GetDeletionTimestamp() != nil {
		k.finalize(name, app)
		return
	}
	path, _, _ := unstructured.NestedString(app.Object, "spec", "source", "path")
	namespace, _, _ := unstructured.NestedString(app.Object, "spec", "destination", "namespace")
	text, isThere := k.revision.Builds[path]
	if !isThere {
		return
	}
	targets := []*unstructured.Unstructured{}
	k.targets[name] = map[kube.ResourceKey]bool{}
	for _, o := range read(text) {
		if o.GetNamespace() == "" {
			o.SetNamespace(namespace)
		}
		key := kube.GetResourceKey(o)
		annotations := o.GetAnnotations()
		if annotations == nil {
			annotations = map[string]string{}
		}
		annotations[tracking] = fmt.Sprintf("%s:%s/%s:%s/%s", name, key.Group, key.Kind, key.Namespace, key.Name)
		o.SetAnnotations(annotations)
		targets = append(targets, o)
		k.targets[name][key] = true
	}
	automated, isAutomated, _ := unstructured.NestedMap(app.Object, "spec", "syncPolicy", "automated")
	if !isAutomated || automated["enabled"] == false {
		return
	}
	prune, _ := automated["prune"].(bool)
	allowEmpty, _ := automated["allowEmpty"].(bool)
	if prune && !allowEmpty && len(targets) == 0 && len(k.trackedLive(name)) > 0 {
		return
	}
	if k.isSynced(name, targets, namespace) {
		return
	}
	k.sync(name, app, targets, namespace, prune)
}

func (k *controller) compare(name string, targets []*unstructured.Unstructured, namespace string) engine.ReconciliationResult {
	live := k.trackedLive(name)
	copies := []*unstructured.Unstructured{}
	for _, o := range targets {
		key := kube.GetResourceKey(o)
		if known := k.c.live[key]; known != nil {
			live[key] = known.DeepCopy()
		}
		copies = append(copies, o.DeepCopy())
	}
	return engine.Reconcile(copies, live, namespace, everywhere{})
}

// Whether nothing differs; what hooks are does not count (compareAppState of state.go).
func (k *controller) isSynced(name string, targets []*unstructured.Unstructured, namespace string) bool {
	result := k.compare(name, targets, namespace)
	for i, target := range result.Target {
		live := result.Live[i]
		if target == nil && live != nil && (live.GetAnnotations()["argocd.argoproj.io/hook"] != "" || live.GetAnnotations()["helm.sh/hook"] != "") {
			continue
		}
		if target == nil || live == nil {
			return false
		}
		own := live.DeepCopy()
		own.SetUID("")
		delete(own.Object, "status")
		if a, _ := json.Marshal(own.Object); a != nil {
			if b, _ := json.Marshal(target.Object); string(a) != string(b) {
				return false
			}
		}
	}
	return true
}

func (k *controller) sync(name string, app *unstructured.Unstructured, targets []*unstructured.Unstructured, namespace string, prune bool) {
	words := optionsOf(app)
	var results []common.ResourceSyncResult
	phase, message := common.OperationRunning, ""
	started := metav1.Now()
	config := &rest.Config{Host: k.c.server.URL}
	for step := 0; step < 12 && !phase.Completed(); step++ {
		context_, cleanup, err := engine.NewSyncContext("0123456789", k.compare(name, targets, namespace), config, config, k.c, namespace,
			engine.WithLogr(logr.Discard()),
			engine.WithInitialState(phase, message, results, started),
			engine.WithOperationSettings(false, prune, false, false),
			engine.WithPruneLast(has(words, "PruneLast=true")),
			engine.WithReplace(has(words, "Replace=true")),
			engine.WithServerSideApply(has(words, "ServerSideApply=true")),
			engine.WithClientSideApplyMigration(false, ""),
			engine.WithDefaultPruneOption(valueOf(words, "Prune")),
		)
		if err != nil {
			panic(err)
		}
		context_.Sync(context.Background())
		phase, message, results = context_.GetState()
		cleanup()
	}
	for _, one := range results {
		if one.Status == common.ResultCodeSyncFailed {
			k.refused[one.ResourceKey] = true
		}
	}
}

type state struct {
	birth int
	owner string
	held  bool
	there bool
}

func (k *controller) snapshot(keys []kube.ResourceKey) map[kube.ResourceKey]state {
	states := map[kube.ResourceKey]state{}
	for _, key := range keys {
		held := false
		for name, targets := range k.targets {
			held = held || (targets[key] && k.application(name) != nil)
		}
		s := state{birth: k.c.births[key], held: held, there: k.c.live[key] != nil}
		if s.there {
			s.owner = trackedBy(k.c.live[key])
		}
		states[key] = s
	}
	return states
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

func keysOf(h history) []kube.ResourceKey {
	seen := map[kube.ResourceKey]bool{}
	keys := []kube.ResourceKey{}
	for _, r := range []revision{h.Base, h.Head} {
		for _, text := range r.Builds {
			for _, o := range read(text) {
				key := kube.GetResourceKey(o)
				if !seen[key] && o.GetName() != "root" {
					seen[key] = true
					keys = append(keys, key)
				}
			}
		}
	}
	return keys
}

func applications(keys []kube.ResourceKey) []string {
	names := []string{"root"}
	for _, key := range keys {
		if key.Kind == "Application" {
			names = append(names, key.Name)
		}
	}
	sort.Strings(names[1:])
	return names
}

func play(h history, order func(names []string) []string) map[string]string {
	c := newCluster()
	defer c.server.Close()
	k := &controller{c: c, revision: h.Base, refused: map[kube.ResourceKey]bool{}, targets: map[string]map[kube.ResourceKey]bool{}}
	for _, o := range read(h.Base.Builds[h.Root]) {
		c.put(o)
	}
	keys := keysOf(h)
	names := applications(keys)
	// What people sync by hand is there from the beginning.
	manual := map[string]*unstructured.Unstructured{}
	for round := 0; round < 3; round++ {
		for _, name := range names {
			k.reconcile(name)
			if app := k.application(name); app != nil && len(k.trackedLive(name)) == 0 {
				if manual[name] == nil {
					manual[name] = app
					k.syncByHand(name, app)
				}
			}
		}
	}
	if len(k.refused) > 0 {
		panic(h.Name + ": the base does not settle")
	}
	before := k.snapshot(keys)
	k.revision = h.Head
	for round := 0; round < 5; round++ {
		for _, name := range order(names) {
			k.reconcile(name)
		}
	}
	after := k.snapshot(keys)
	outcomes := map[string]string{}
	for key, b := range before {
		outcomes[fmt.Sprintf("%s/%s/%s", key.Kind, key.Namespace, key.Name)] = outcome(b, after[key], k.refused[key])
	}
	return outcomes
}

func (k *controller) syncByHand(name string, app *unstructured.Unstructured) {
	path, _, _ := unstructured.NestedString(app.Object, "spec", "source", "path")
	for _, o := range read(k.revision.Builds[path]) {
		key := kube.GetResourceKey(o)
		annotations := o.GetAnnotations()
		if annotations == nil {
			annotations = map[string]string{}
		}
		annotations[tracking] = fmt.Sprintf("%s:%s/%s:%s/%s", name, key.Group, key.Kind, key.Namespace, key.Name)
		o.SetAnnotations(annotations)
		k.c.put(o)
	}
}

func outcomesOf(h history) map[string][]string {
	orders := []func(names []string) []string{
		func(names []string) []string { return names },
		func(names []string) []string {
			out := []string{}
			for i := len(names) - 1; i >= 0; i-- {
				out = append(out, names[i])
			}
			return out
		},
	}
	for seed := int64(1); seed <= 4; seed++ {
		r := rand.New(rand.NewSource(seed))
		orders = append(orders, func(names []string) []string {
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
	for _, h := range histories {
		result[h.Name] = outcomesOf(h)
	}
	_ = json.NewEncoder(os.Stdout).Encode(result)
}
