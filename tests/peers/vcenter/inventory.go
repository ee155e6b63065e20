// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Ferry developers

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"sort"
	"strings"
	"sync"

	"github.com/google/uuid"
	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

type ref = types.ManagedObjectReference

type inventory struct {
	mux   *http.ServeMux
	mu    sync.Mutex
	files map[string]content
	hosts []*simulator.HostSystem
	n     int
}

// content of a file: text, an image, or as many zeros.
type content struct {
	text  string
	image string
	zeros int64
}

type nopCloser struct{ io.ReadSeeker }

func (nopCloser) Close() error { return nil }

type zeroReader struct{}

func (zeroReader) ReadAt(p []byte, _ int64) (int, error) {
	for i := range p {
		p[i] = 0
	}
	return len(p), nil
}

func (i *inventory) open(key string) (io.ReadSeekCloser, error) {
	i.mu.Lock()
	c, ok := i.files[key]
	i.mu.Unlock()
	switch {
	case !ok:
		return nil, os.ErrNotExist
	case c.image != "":
		return os.Open(c.image)
	case c.zeros > 0:
		return nopCloser{io.NewSectionReader(zeroReader{}, 0, c.zeros)}, nil
	}
	return nopCloser{bytes.NewReader([]byte(c.text))}, nil
}

func newInventory() *inventory {
	model := simulator.ESX()
	if !*isESX {
		model = simulator.VPX()
		model.Datacenter, model.ClusterHost, model.Folder = *nDC, *nHosts, *nDC-1
	}
	model.Machine = 0
	about := &model.ServiceContent.About
	about.ApiVersion = *api
	about.Version = strings.TrimSuffix(*api, ".0")
	must(model.Create())
	model.Remove() // the folders of its datastores, which are not used
	model.Service.Listen = &url.URL{Host: "127.0.0.1:0", User: url.UserPassword(*user, *pass)}
	model.Service.NewServer().Close() // for what it registers only
	i := &inventory{mux: model.Service.ServeMux, files: map[string]content{}}
	for _, h := range simulator.Map.All("HostSystem") {
		i.hosts = append(i.hosts, h.(*simulator.HostSystem))
	}
	sort.Slice(i.hosts, func(a, b int) bool { return i.hosts[a].Name < i.hosts[b].Name })
	i.completeDatastores()
	client, err := vim25.NewClient(context.Background(), model.Service)
	must(err)
	i.addGuests(client)
	return i
}

// completeDatastores says on which hosts they are: the simulator keeps the last one only.
func (i *inventory) completeDatastores() {
	yes := true
	for _, e := range simulator.Map.All("Datastore") {
		ds := e.(*simulator.Datastore)
		ds.Host = nil
		for _, h := range i.hosts {
			for _, r := range h.Datastore {
				if r == ds.Self {
					ds.Host = append(ds.Host, types.DatastoreHostMount{Key: h.Self, MountInfo: types.HostMountInfo{
						Path: "/vmfs/volumes/" + ds.Name, AccessMode: "readWrite", Mounted: &yes, Accessible: &yes}})
				}
			}
		}
	}
}

func (i *inventory) addGuests(client *vim25.Client) {
	if *image != "" {
		i.add(guest{name: "tiny", os: "debian11_64Guest", image: *image, disks: []disk{{}}, nics: 1})
	}
	if *nGuests > 0 {
		for n := 0; n < *nGuests; n++ {
			i.add(guest{name: fmt.Sprintf("bulk-%04d", n), on: n%2 == 0, disks: []disk{{}}, nics: 1, host: n})
		}
		return
	}
	for _, g := range zoo() {
		g.client = client
		i.add(g)
	}
}

var this = regexp.MustCompile(`<_this[^>]*>([^<]*)</_this>`)

// hasTools tells whether they run in the guest that a request is for; the simulator does not ask.
func (i *inventory) hasTools(body []byte) bool {
	if m := this.FindSubmatch(body); m != nil {
		for _, e := range simulator.Map.All("VirtualMachine") {
			if vm := e.(*simulator.VirtualMachine); vm.Self.Value == string(m[1]) {
				return vm.Guest.ToolsRunningStatus == "guestToolsRunning"
			}
		}
	}
	return true // the simulator says what is wrong with it
}

// power of a guest.
func (i *inventory) power(name string) string {
	for _, e := range simulator.Map.All("VirtualMachine") {
		if vm := e.(*simulator.VirtualMachine); vm.Name == name {
			return string(vm.Runtime.PowerState)
		}
	}
	return "there is no " + name
}

// change removes or starts a guest.
func (i *inventory) change(name string, remove bool) error {
	for _, e := range simulator.Map.All("VirtualMachine") {
		vm := e.(*simulator.VirtualMachine)
		if vm.Name != name {
			continue
		}
		if !remove {
			vm.Runtime.PowerState = types.VirtualMachinePowerStatePoweredOn
			return nil
		}
		simulator.RemoveReference(&simulator.Map.Get(*vm.Parent).(*simulator.Folder).ChildEntity, vm.Self)
		simulator.RemoveReference(&simulator.Map.Get(*vm.Runtime.Host).(*simulator.HostSystem).Vm, vm.Self)
		simulator.Map.Remove(vm.Self)
		return nil
	}
	return errors.New("there is no " + name)
}

// datacenter of a host, and its path with the folders above it.
func datacenterOf(h *simulator.HostSystem) (*simulator.Datacenter, string) {
	path := []string{}
	var found *simulator.Datacenter
	for p := h.Parent; p != nil; {
		e := simulator.Map.Get(*p).(mo.Entity).Entity()
		if dc, ok := simulator.Map.Get(*p).(*simulator.Datacenter); ok {
			found = dc
		}
		if found != nil && e.Parent != nil {
			path = append([]string{e.Name}, path...)
		}
		p = e.Parent
	}
	return found, strings.Join(path, "/")
}

// folder below the data center's, made when it is not there.
func folder(client *vim25.Client, dc *simulator.Datacenter, path string) ref {
	at := dc.VmFolder
	for _, name := range strings.Split(path, "/") {
		if name == "" {
			continue
		}
		f, err := object.NewFolder(client, at).CreateFolder(context.Background(), name)
		if err != nil {
			at = simulator.Map.FindByName(name, simulator.Map.Get(at).(*simulator.Folder).ChildEntity).Reference()
			continue
		}
		at = f.Reference()
	}
	return at
}

func newUUID(name string) string { return uuid.NewSHA1(uuid.NameSpaceDNS, []byte(name)).String() }
