// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Ferry developers

package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

const cookieName = "vmware_soap_session"

type server struct {
	inventory   *inventory
	port        int
	mu          sync.Mutex
	certificate *tls.Certificate
	sessions    map[string]bool
	counts      map[string]int
	pages       map[string][]string // what is left of an answer, by its token
	nPages      int
	delay       time.Duration
	loud        chan struct{} // not nil: silent until it is closed
	cut         string
	expire      bool
	deaf        bool              // guests do not shut down
	refused     map[string]string // kinds of faults by method
}

func newCertificate() *tls.Certificate {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(err)
	t := &x509.Certificate{SerialNumber: big.NewInt(time.Now().UnixNano()),
		Subject:   pkix.Name{CommonName: "Ferry's test vCenter"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().AddDate(5, 0, 0),
		KeyUsage:    x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}, BasicConstraintsValid: true}
	for _, name := range strings.Split(*names, ",") {
		if ip := net.ParseIP(name); ip != nil {
			t.IPAddresses = append(t.IPAddresses, ip)
		} else {
			t.DNSNames = append(t.DNSNames, name)
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, t, t, &key.PublicKey, key)
	must(err)
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	must(os.WriteFile(filepath.Join(*dir, "cert.pem"), text, 0o644))
	return &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

func newServer(i *inventory) *server {
	s := &server{inventory: i, certificate: newCertificate(), sessions: map[string]bool{},
		counts: map[string]int{}, pages: map[string][]string{}, refused: map[string]string{}, delay: *delay}
	config := &tls.Config{GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.certificate, nil
	}}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	s.port = listener.Addr().(*net.TCPAddr).Port
	web := &http.Server{Handler: s, TLSConfig: config, ErrorLog: log.New(io.Discard, "", 0),
		ConnState: func(_ net.Conn, state http.ConnState) {
			if state == http.StateNew {
				s.count("connections")
			}
		}}
	go func() { must(web.ServeTLS(listener, "", "")) }()
	return s
}

func (s *server) count(what string) {
	s.mu.Lock()
	s.counts[what]++
	s.mu.Unlock()
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	wait, loud := s.delay, s.loud
	s.mu.Unlock()
	if loud != nil {
		<-loud
	}
	time.Sleep(wait)
	switch {
	case r.URL.Path == "/sdk" && r.Method == http.MethodPost:
		s.serveSDK(w, r)
	case strings.HasPrefix(r.URL.Path, "/folder/"):
		s.serveFolder(w, r)
	default:
		http.NotFound(w, r)
	}
}

func (s *server) isKnown(r *http.Request) bool {
	cookie, err := r.Cookie(cookieName)
	s.mu.Lock()
	defer s.mu.Unlock()
	return err == nil && s.sessions[strings.Trim(cookie.Value, `"`)]
}

var (
	method    = regexp.MustCompile(`<(?:\w+:)?Body[^>]*>\s*<(?:\w+:)?(\w+)`)
	maxObject = regexp.MustCompile(`<maxObjects>(\d+)</maxObjects>`)
	token     = regexp.MustCompile(`<token>([^<]*)</token>`)
	member    = regexp.MustCompile(`<([A-Z]\w*)((?: type="\w+")?)(/?)>`)
)

func fault(kind string) string {
	return `<?xml version="1.0"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"` +
		` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><soapenv:Fault>` +
		`<faultcode>ServerFaultCode</faultcode><faultstring>` + kind + `</faultstring><detail><` + kind +
		`Fault xmlns="urn:vim25" xsi:type="` + kind + `"/></detail></soapenv:Fault></soapenv:Body></soapenv:Envelope>`
}

func (s *server) serveSDK(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	name := ""
	if m := method.FindSubmatch(body); m != nil {
		name = string(m[1])
	}
	s.count(name)
	s.mu.Lock()
	if s.expire && (name == "RetrievePropertiesEx" || name == "ShutdownGuest") {
		s.expire, s.sessions = false, map[string]bool{}
	}
	deaf, kind := s.deaf && name == "ShutdownGuest", s.refused[name]
	if name == "ShutdownGuest" && kind == "" && !s.inventory.hasTools(body) {
		kind = "ToolsUnavailable"
	}
	s.mu.Unlock()
	answer, code := "", http.StatusOK
	switch {
	case name == "ContinueRetrievePropertiesEx":
		answer = s.continued(body)
	case name != "RetrieveServiceContent" && name != "Login" && !s.isKnown(r):
		answer, code = fault("NotAuthenticated"), http.StatusInternalServerError
	case kind != "":
		answer, code = fault(kind), http.StatusInternalServerError
	case deaf:
		answer = `<Envelope><Body><ShutdownGuestResponse xmlns="urn:vim25"/></Body></Envelope>`
	default:
		answer, code = s.simulate(w, r, body)
	}
	if *hidden && name == "RetrievePropertiesEx" && bytes.Contains(body, []byte(`<obj type="Folder">`)) {
		answer = s.page(name, nil, 1)
	}
	if m := maxObject.FindSubmatch(body); m != nil {
		n, _ := strconv.Atoi(string(m[1]))
		answer = s.paged(answer, n)
	}
	s.send(w, name, answer, code)
}

// simulate asks the simulator, and mends what a real server would have said otherwise: members of an
// array have a type (libvirt insists), and there are TPMs (this govmomi does not know them).
func (s *server) simulate(w http.ResponseWriter, r *http.Request, body []byte) (string, int) {
	if !s.isKnown(r) {
		r.Header.Del("Cookie") // of a session that ended here, but not in the simulator
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	record := httptest.NewRecorder()
	s.inventory.mux.ServeHTTP(record, r)
	s.mu.Lock()
	for _, cookie := range record.Result().Cookies() {
		if cookie.Name == cookieName {
			s.sessions[cookie.Value] = true
			w.Header().Add("Set-Cookie", cookie.String())
		}
	}
	if c, err := r.Cookie(cookieName); err == nil && bytes.Contains(body, []byte("<Logout")) {
		delete(s.sessions, c.Value)
	}
	s.mu.Unlock()
	answer := member.ReplaceAllStringFunc(record.Body.String(), func(tag string) string {
		m := member.FindStringSubmatch(tag)
		if strings.HasSuffix(m[1], "Response") || strings.HasSuffix(m[1], "Fault") {
			return tag
		}
		kind := m[1]
		switch kind {
		case "String", "Int", "Long", "Short", "Byte", "Boolean":
			kind = "xsd:" + strings.ToLower(kind)
		}
		return fmt.Sprintf(`<%s%s xsi:type="%s"%s>`, m[1], m[2], kind, m[3])
	})
	return strings.ReplaceAll(answer, `:type="VirtualSoundCard"`, `:type="VirtualTPM"`), record.Code
}

const (
	pageStart = `<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><%sResponse xmlns="urn:vim25"><returnval>`
	pageEnd = `</returnval></%sResponse></soapenv:Body></soapenv:Envelope>`
)

// paged does what the simulator leaves out: maxObjects.
func (s *server) paged(answer string, max int) string {
	const end = "</objects>"
	first, last := strings.Index(answer, "<objects>"), strings.LastIndex(answer, end)
	if max <= 0 || first < 0 || strings.Count(answer, end) <= max {
		return answer
	}
	objects := strings.SplitAfter(answer[first:last+len(end)], end)
	return s.page("RetrievePropertiesEx", objects[:len(objects)-1], max)
}

func (s *server) page(name string, objects []string, max int) string {
	text := ""
	if len(objects) > max {
		s.mu.Lock()
		s.nPages++
		key := fmt.Sprintf("%d/%d", max, s.nPages)
		s.pages[key] = objects[max:]
		s.mu.Unlock()
		text = "<token>" + key + "</token>"
		objects = objects[:max]
	}
	return fmt.Sprintf(pageStart, name) + text + strings.Join(objects, "") + fmt.Sprintf(pageEnd, name)
}

func (s *server) continued(body []byte) string {
	m := token.FindSubmatch(body)
	if m == nil {
		return fault("InvalidArgument")
	}
	key := string(m[1])
	s.mu.Lock()
	objects := s.pages[key]
	delete(s.pages, key)
	s.mu.Unlock()
	max, _ := strconv.Atoi(strings.Split(key, "/")[0])
	if objects == nil {
		return fault("InvalidArgument")
	}
	return s.page("ContinueRetrievePropertiesEx", objects, max)
}

func (s *server) send(w http.ResponseWriter, name, answer string, code int) {
	s.mu.Lock()
	cut := s.cut == name
	if cut {
		s.cut = ""
	}
	s.mu.Unlock()
	w.Header().Set("Content-Type", "text/xml; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(answer)))
	w.WriteHeader(code)
	if cut {
		_, _ = io.WriteString(w, answer[:len(answer)/2])
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	}
	_, _ = io.WriteString(w, answer)
}

// serveFolder gives files of datastores to who has a session, or name and password.
func (s *server) serveFolder(w http.ResponseWriter, r *http.Request) {
	s.count(r.Method + " /folder")
	if !s.isKnown(r) {
		name, password, has := r.BasicAuth()
		if !has || name != *user || password != *pass {
			w.Header().Set("WWW-Authenticate", `Basic realm="VMware HTTP server"`)
			http.Error(w, "401 Unauthorized", http.StatusUnauthorized)
			return
		}
		key := fmt.Sprintf("folder-%d", time.Now().UnixNano())
		s.mu.Lock()
		s.sessions[key] = true
		s.mu.Unlock()
		w.Header().Set("Set-Cookie", cookieName+"="+key+"; Path=/; HttpOnly; Secure; ")
	}
	query, _ := url.ParseQuery(r.URL.RawQuery)
	key := query.Get("dcPath") + "|[" + query.Get("dsName") + "] " + strings.TrimPrefix(r.URL.Path, "/folder/")
	f, err := s.inventory.open(key)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	defer f.Close()
	w.Header().Set("Content-Type", "application/octet-stream")
	http.ServeContent(w, r, "", time.Time{}, f)
}
