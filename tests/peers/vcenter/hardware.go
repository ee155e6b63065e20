// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Ferry developers

package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

const mib = 1 << 20

// writer makes the hardware of one guest, and the files that belong to it.
type writer struct {
	i        *inventory
	g        guest
	host     *simulator.HostSystem
	key      string // of its files, before the datastore
	stem     string
	layout   *types.VirtualMachineFileLayoutEx
	networks []ref
	lines    []string // of the .vmx
	used     int64
	total    int64
}

func (w *writer) datastore() *simulator.Datastore {
	return simulator.Map.Get(w.host.Datastore[0]).(*simulator.Datastore)
}

func (w *writer) path(suffix string) string {
	return fmt.Sprintf("[%s] %s/%s%s", w.datastore().Name, w.stem, w.stem, suffix)
}

func (w *writer) put(suffix string, c content) {
	w.i.mu.Lock()
	w.i.files[w.key+w.path(suffix)] = c
	w.i.mu.Unlock()
}

func (w *writer) set(key string, value interface{}) {
	text := strings.NewReplacer("|", "|7C", `"`, "|22", "\n", "|0A").Replace(fmt.Sprint(value))
	w.lines = append(w.lines, fmt.Sprintf("%s = \"%s\"\n", key, text))
}

func label(key int32, text string) types.VirtualDevice {
	return types.VirtualDevice{Key: key, DeviceInfo: &types.Description{Label: text, Summary: text}}
}

// controllers of all kinds: who needs one finds it by its key.
func controllers(shared bool) []types.BaseVirtualDevice {
	sharing := types.VirtualSCSISharingNoSharing
	if shared {
		sharing = types.VirtualSCSISharingPhysicalSharing
	}
	scsi := &types.ParaVirtualSCSIController{}
	scsi.VirtualDevice, scsi.SharedBus = label(1000, "SCSI controller 0"), sharing
	ide := &types.VirtualIDEController{}
	ide.VirtualDevice = label(200, "IDE 0")
	sata := &types.VirtualAHCIController{}
	sata.VirtualDevice = label(15000, "SATA controller 0")
	nvme := &types.VirtualNVMEController{}
	nvme.VirtualDevice = label(31000, "NVME controller 0")
	return []types.BaseVirtualDevice{ide, scsi, sata, nvme}
}

func (w *writer) devices() []types.BaseVirtualDevice {
	devices := controllers(len(w.g.disks) > 0 && w.g.disks[0].shared)
	for n := range w.g.disks {
		devices = append(devices, w.disk(n, w.g.disks[n]))
	}
	for n := 0; n < w.g.nics; n++ {
		devices = append(devices, w.nic(n))
	}
	if w.g.tpm {
		// The server calls it what it is.
		tpm := &types.VirtualSoundCard{}
		tpm.VirtualDevice = label(11000, "Virtual TPM")
		devices = append(devices, tpm)
	}
	return devices
}

func (w *writer) disk(n int, d disk) types.BaseVirtualDevice {
	keys := map[string]int32{"": 1000, "scsi": 1000, "ide": 200, "sata": 15000, "nvme": 31000}
	size := d.mib * mib
	if size == 0 {
		size = 8 * mib
	}
	base := ""
	if n > 0 {
		base = fmt.Sprintf("_%d", n)
	}
	data := content{zeros: size}
	if n == 0 && w.g.image != "" {
		info, err := os.Stat(w.g.image)
		must(err)
		size, data = info.Size(), content{image: w.g.image}
	}
	current := base
	if w.g.snapshots > 0 {
		current = fmt.Sprintf("%s-%06d", base, w.g.snapshots)
	}
	unit := int32(n)
	v := &types.VirtualDisk{CapacityInKB: size / 1024, CapacityInBytes: size}
	v.VirtualDevice = label(int32(2000+n), fmt.Sprintf("Hard disk %d", n+1))
	v.ControllerKey, v.UnitNumber = keys[d.bus], &unit
	v.Backing = w.backing(d, base, current)
	if !d.rdm {
		w.put(base+"-flat.vmdk", data)
	}
	w.put(base+".vmdk", content{text: "# Disk DescriptorFile\n"})
	w.account(int32(2000+n), size, d.used*mib, base)
	w.set(fmt.Sprintf("scsi0:%d.present", n), "TRUE")
	w.set(fmt.Sprintf("scsi0:%d.deviceType", n), "scsi-hardDisk")
	w.set(fmt.Sprintf("scsi0:%d.fileName", n), w.stem+current+".vmdk")
	return v
}

func (w *writer) backing(d disk, base, current string) types.BaseVirtualDeviceBackingInfo {
	file := types.VirtualDeviceFileBackingInfo{FileName: w.path(current + ".vmdk"), Datastore: &w.host.Datastore[0]}
	if d.rdm {
		return &types.VirtualDiskRawDiskMappingVer1BackingInfo{VirtualDeviceFileBackingInfo: file, LunUuid: "02000",
			DeviceName: "vml.02", CompatibilityMode: "physicalMode", DiskMode: "independent_persistent"}
	}
	mode := d.mode
	if mode == "" {
		mode = "persistent"
	}
	yes := d.used > 0
	b := &types.VirtualDiskFlatVer2BackingInfo{VirtualDeviceFileBackingInfo: file, DiskMode: mode, ThinProvisioned: &yes}
	if current != base {
		b.Parent = &types.VirtualDiskFlatVer2BackingInfo{DiskMode: mode}
		b.Parent.FileName = w.path(base + ".vmdk")
	}
	return b
}

func (w *writer) account(key int32, size, used int64, base string) {
	if used == 0 {
		used = size
	}
	w.used, w.total = w.used+used, w.total+size
	n := int32(len(w.layout.File))
	w.layout.File = append(w.layout.File,
		types.VirtualMachineFileLayoutExFileInfo{Key: n, Name: w.path(base + ".vmdk"), Type: "diskDescriptor", Size: 500},
		types.VirtualMachineFileLayoutExFileInfo{Key: n + 1, Name: w.path(base + "-flat.vmdk"), Type: "diskExtent", Size: used})
	w.layout.Disk = append(w.layout.Disk, types.VirtualMachineFileLayoutExDiskLayout{Key: key,
		Chain: []types.VirtualMachineFileLayoutExDiskUnit{{FileKey: []int32{n, n + 1}}}})
}

func (w *writer) nic(n int) types.BaseVirtualDevice {
	mac := fmt.Sprintf("00:50:56:%02x:%02x:%02x", w.i.n>>8&0x3f, w.i.n&0xff, n)
	card := types.VirtualEthernetCard{MacAddress: mac, AddressType: "assigned"}
	card.VirtualDevice = label(int32(4000+n), fmt.Sprintf("Network adapter %d", n+1))
	card.Backing = w.network(n)
	key := fmt.Sprintf("ethernet%d.", n)
	w.set(key+"present", "TRUE")
	w.set(key+"virtualDev", "vmxnet3")
	w.set(key+"networkName", "VM Network")
	w.set(key+"addressType", "static")
	w.set(key+"address", mac)
	if n > 0 {
		return &types.VirtualE1000e{VirtualEthernetCard: card}
	}
	return &types.VirtualVmxnet3{VirtualVmxnet: types.VirtualVmxnet{VirtualEthernetCard: card}}
}

func (w *writer) network(n int) types.BaseVirtualDeviceBackingInfo {
	for _, r := range w.host.Network {
		w.networks = append(w.networks, r)
		if pg, ok := simulator.Map.Get(r).(*simulator.DistributedVirtualPortgroup); ok && w.g.portgroup && n == 0 && !strings.Contains(pg.Name, "Uplink") {
			return &types.VirtualEthernetCardDistributedVirtualPortBackingInfo{
				Port: types.DistributedVirtualSwitchPortConnection{SwitchUuid: "50 2a", PortgroupKey: pg.Key}}
		}
	}
	return &types.VirtualEthernetCardNetworkBackingInfo{VirtualDeviceDeviceBackingInfo: types.VirtualDeviceDeviceBackingInfo{
		DeviceName: "VM Network"}}
}

// vmx is what libvirt reads of a guest.
func (w *writer) vmx(config *types.VirtualMachineConfigInfo) string {
	hex := strings.ReplaceAll(config.Uuid, "-", "")
	pairs := []string{}
	for n := 0; n+1 < len(hex); n += 2 {
		pairs = append(pairs, hex[n:n+2])
	}
	w.set(".encoding", "UTF-8")
	w.set("config.version", 8)
	w.set("virtualHW.version", 19)
	w.set("displayName", w.stem)
	w.set("guestOS", "otherlinux-64")
	w.set("memSize", config.Hardware.MemoryMB)
	w.set("numvcpus", config.Hardware.NumCPU)
	w.set("uuid.bios", strings.Join(pairs[:8], " ")+"-"+strings.Join(pairs[8:], " "))
	w.set("scsi0.present", "TRUE")
	w.set("scsi0.virtualDev", "pvscsi")
	if config.Firmware == "efi" {
		w.set("firmware", "efi")
	}
	return strings.Join(w.lines, "")
}
