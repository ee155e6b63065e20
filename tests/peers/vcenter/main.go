// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Ferry developers

// vcenter: a vCenter or an ESXi host to test against: VMware's own simulator (govmomi/simulator) with
// guests that are described here, a certificate, and ways to misbehave.
//
//	vcenter [-esx] [-guests N] [-image FILE] [-delay 20ms] [-dir DIR] …
//
// It prints "ready PORT" once it listens on 127.0.0.1, and leaves its certificate in DIR/cert.pem. Then
// it takes commands, one a line, on standard input, answers each with one line, and ends with it:
//
//	silent | loud     answer nothing (keep connections open) | answer again
//	delay DURATION    added to each request from now on
//	cut METHOD        send half of the next answer to METHOD, and close
//	expire            all sessions end before the next answer with properties
//	remove NAME       a guest is gone
//	start NAME        a guest is powered on
//	power NAME        answers whether a guest is "poweredOn" or not
//	deaf | obedient   guests that are asked to shut down do not | do it again
//	refuse METHOD KIND  METHOD fails with a fault of that kind, until "refuse METHOD"
//	renew             another certificate
//	stats             requests by method, connections and open sessions since the last "stats", as JSON
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"strings"
	"time"
)

var (
	isESX   = flag.Bool("esx", false, "an ESXi host alone")
	nDC     = flag.Int("datacenters", 1, "data centers; all but the first lie in folders")
	nHosts  = flag.Int("hosts", 2, "hosts in the cluster of each data center")
	nGuests = flag.Int("guests", 0, "guests \"bulk-0000\" and so on")
	image   = flag.String("image", "", "raw image that is the disk of guest \"tiny\"")
	delay   = flag.Duration("delay", 0, "added to each request")
	dir     = flag.String("dir", ".", "for cert.pem")
	names   = flag.String("names", "localhost,127.0.0.1", "that the certificate is for")
	user    = flag.String("user", "administrator@vsphere.local", "")
	pass    = flag.String("password", "secret", "")
	hidden  = flag.Bool("hidden", false, "the user may not see folders, but guests through a view")
	api     = flag.String("api", "7.0.3.0", "version of the API")
)

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func main() {
	flag.Parse()
	log.SetPrefix("vcenter: ")
	inventory := newInventory()
	server := newServer(inventory)
	fmt.Printf("ready %d\n", server.port)
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		word, rest, _ := strings.Cut(in.Text(), " ")
		fmt.Println(command(server, word, rest))
	}
}

func command(s *server, word, argument string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch word {
	case "silent":
		s.loud = make(chan struct{})
	case "loud":
		if s.loud != nil {
			close(s.loud)
			s.loud = nil
		}
	case "delay":
		d, err := time.ParseDuration(argument)
		if err != nil {
			return err.Error()
		}
		s.delay = d
	case "cut":
		s.cut = argument
	case "expire":
		s.expire = true
	case "remove", "start":
		if err := s.inventory.change(argument, word == "remove"); err != nil {
			return err.Error()
		}
	case "power":
		return s.inventory.power(argument)
	case "deaf", "obedient":
		s.deaf = word == "deaf"
	case "refuse":
		method, kind, _ := strings.Cut(argument, " ")
		s.refused[method] = kind
	case "renew":
		s.certificate = newCertificate()
	case "stats":
		s.counts["sessions"] = len(s.sessions)
		text, _ := json.Marshal(s.counts)
		s.counts = map[string]int{}
		return string(text)
	default:
		return "unknown: " + word
	}
	return "ok"
}
