// An echo server with Node's dgram: one socket, each packet is sent back unchanged.  node echo.js PORT
const socket = require('node:dgram').createSocket({ type: 'udp4', recvBufferSize: 8 * 1024 * 1024 });
socket.on('message', (packet, from) => socket.send(packet, from.port, from.address, () => {}));
socket.on('error', (e) => { console.error(e.message); process.exit(1); });
// An exclusive socket is not shared through a cluster; a numeric address needs no lookup.
socket.bind({ port: Number(process.argv[2]), address: '127.0.0.1', exclusive: true });
