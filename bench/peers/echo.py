"""An echo server in Python.  python3 echo.py socket|asyncio PORT"""

import socket
import sys

PORT = int(sys.argv[2])
RECEIVE_BUFFER = 8 * 1024 * 1024


def bound():
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
    server.bind(("127.0.0.1", PORT))
    return server


def by_socket():
    server = bound()
    buffer = bytearray(65536)
    view = memoryview(buffer)
    while True:  # into one buffer, so that no packet allocates a new one
        length, peer = server.recvfrom_into(buffer)
        server.sendto(view[:length], peer)


def by_asyncio():
    import asyncio

    class Echo(asyncio.DatagramProtocol):
        def connection_made(self, transport):
            self.transport = transport

        def datagram_received(self, packet, peer):
            self.transport.sendto(packet, peer)

    async def serve():
        server = bound()
        server.setblocking(False)
        await asyncio.get_running_loop().create_datagram_endpoint(Echo, sock=server)
        await asyncio.Event().wait()

    asyncio.run(serve())


by_socket() if sys.argv[1] == "socket" else by_asyncio()
