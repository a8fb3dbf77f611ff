// An echo server with Go's net package.  echo-go PORT
package main

import (
	"fmt"
	"net"
	"os"
	"strconv"
)

func main() {
	port, err := strconv.Atoi(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	server, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1), Port: port})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	_ = server.SetReadBuffer(8 << 20)
	packet := make([]byte, 65536)
	for { // addresses as values: no allocation for each packet
		length, peer, err := server.ReadFromUDPAddrPort(packet)
		if err == nil {
			_, _ = server.WriteToUDPAddrPort(packet[:length], peer)
		}
	}
}
