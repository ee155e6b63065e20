// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Ferry developers

package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/types"
)

type disk struct {
	mib    int64  // 0: 8, or what the image has
	used   int64  // MiB; 0: all
	bus    string // "scsi", "ide", "sata", "nvme"
	mode   string // "independent_persistent"
	rdm    bool
	shared bool
}

type guest struct {
	client    *vim25.Client
	name      string
	os        string
	folder    string
	uuid      string
	note      string
	image     string // of the first disk
	disks     []disk
	nics      int
	portgroup bool // distributed
	on        bool
	tools     bool
	snapshots int // in one branch
	efi       bool
	secure    bool
	tpm       bool
	encrypted bool
	template  bool
	state     string // of its connection
	noConfig  bool
	host      int
}

const oddName = `50% a/b\c "q" 'r' & <s> 😀`

func zoo() []guest {
	one := []disk{{}}
	same := newUUID("same")
	return []guest{
		{name: "web01", os: "rhel8_64Guest", folder: "Web/Production", disks: []disk{{mib: 64, used: 5}}, nics: 1,
			on: true, tools: true, note: "Front end\nof the shop"},
		{name: "db01", disks: []disk{{bus: "sata"}, {bus: "nvme", mode: "independent_persistent"}, {bus: "ide"}},
			nics: 2, portgroup: true, host: 1},
		{name: "snap", disks: one, nics: 1, snapshots: 3},
		{name: "rdm", disks: []disk{{}, {rdm: true}}, nics: 1},
		{name: "shared", disks: []disk{{shared: true}}, nics: 1},
		{name: "secure", disks: one, nics: 1, efi: true, secure: true, tpm: true},
		{name: "sealed", disks: one, nics: 1, encrypted: true},
		{name: "twin-a", uuid: same, disks: one, nics: 1},
		{name: "twin-b", uuid: same, disks: one, nics: 1, host: 1},
		{name: oddName, disks: one, nics: 1},
		{name: "golden", template: true, disks: one, nics: 1},
		{name: "lost", state: "inaccessible", noConfig: true},
		{name: "diskless", nics: 1},
	}
}

var escaper = strings.NewReplacer("%", "%25", "/", "%2f", `\`, "%5c")

func (i *inventory) add(g guest) {
	i.n++
	host := i.hosts[g.host%len(i.hosts)]
	dc, dcPath := datacenterOf(host)
	parent := dc.VmFolder
	if g.client != nil && !*isESX {
		parent = folder(g.client, dc, g.folder)
	}
	if g.os == "" {
		g.os = "otherLinux64Guest"
	}
	if g.uuid == "" {
		g.uuid = newUUID(g.name)
	}
	vm := &simulator.VirtualMachine{}
	vm.Self = ref{Type: "VirtualMachine", Value: fmt.Sprintf("vm-%d", 1000+i.n)}
	vm.Parent, vm.Name = &parent, escaper.Replace(g.name)
	i.describe(vm, g, host, dcPath)
	simulator.Map.Put(vm)
	f := simulator.Map.Get(parent).(*simulator.Folder)
	f.ChildEntity = append(f.ChildEntity, vm.Self)
	host.Vm = append(host.Vm, vm.Self)
}

func (i *inventory) describe(vm *simulator.VirtualMachine, g guest, host *simulator.HostSystem, dcPath string) {
	yes := true
	w := &writer{i: i, g: g, host: host, key: dcPath + "|", stem: vm.Name, layout: &types.VirtualMachineFileLayoutEx{}}
	config := &types.VirtualMachineConfigInfo{Name: vm.Name, GuestFullName: "Guest of type " + g.os, GuestId: g.os,
		Uuid: g.uuid, InstanceUuid: newUUID(g.name + "instance"), Template: g.template, Annotation: g.note,
		Version: "vmx-19", Firmware: "bios", ChangeVersion: "1", Modified: time.Now(),
		Files: types.VirtualMachineFileInfo{VmPathName: w.path(".vmx")}}
	if g.efi {
		config.Firmware = "efi"
		config.BootOptions = &types.VirtualMachineBootOptions{EfiSecureBootEnabled: &g.secure}
	}
	if g.encrypted {
		config.KeyId = &types.CryptoKeyId{KeyId: "k1"}
	}
	config.Hardware = types.VirtualHardware{NumCPU: 2, NumCoresPerSocket: 2, MemoryMB: 1024, Device: w.devices()}
	vm.Network = w.networks
	vm.Datastore = host.Datastore[:1]
	vm.LayoutEx = w.layout
	vm.Runtime = types.VirtualMachineRuntimeInfo{Host: &host.Self, ConnectionState: types.VirtualMachineConnectionStateConnected,
		PowerState: types.VirtualMachinePowerStatePoweredOff}
	vm.Guest = &types.GuestInfo{ToolsRunningStatus: "guestToolsNotRunning"}
	if g.on {
		vm.Runtime.PowerState = types.VirtualMachinePowerStatePoweredOn
	}
	if g.tools {
		vm.Guest.ToolsRunningStatus = "guestToolsRunning"
	}
	vm.Snapshot = snapshots(vm.Self, g.snapshots)
	vm.Summary = types.VirtualMachineSummary{Vm: &vm.Self, Runtime: vm.Runtime, OverallStatus: "green",
		Config: types.VirtualMachineConfigSummary{Name: vm.Name, Template: g.template, VmPathName: w.path(".vmx"),
			MemorySizeMB: 1024, NumCpu: 2, NumVirtualDisks: int32(len(g.disks)), NumEthernetCards: int32(g.nics), Uuid: g.uuid,
			InstanceUuid: config.InstanceUuid, GuestId: g.os, GuestFullName: config.GuestFullName, TpmPresent: &g.tpm},
		Storage: &types.VirtualMachineStorageSummary{Committed: w.used, Uncommitted: w.total - w.used, Timestamp: time.Now()}}
	if g.state != "" {
		vm.Runtime.ConnectionState = types.VirtualMachineConnectionState(g.state)
	}
	vm.Capability.SnapshotOperationsSupported = yes
	if !g.noConfig {
		vm.Config = config
		w.put(".vmx", content{text: w.vmx(config)})
	}
}

func snapshots(vm ref, n int) *types.VirtualMachineSnapshotInfo {
	if n == 0 {
		return nil
	}
	var tree []types.VirtualMachineSnapshotTree
	at := ref{}
	for k := n; k > 0; k-- {
		at = ref{Type: "VirtualMachineSnapshot", Value: fmt.Sprintf("snapshot-%d", k)}
		tree = []types.VirtualMachineSnapshotTree{{Snapshot: at, Vm: vm, Name: fmt.Sprintf("s%d", k), Id: int32(k),
			CreateTime: time.Now(), State: "poweredOff", ChildSnapshotList: tree}}
	}
	return &types.VirtualMachineSnapshotInfo{CurrentSnapshot: &at, RootSnapshotList: tree}
}
