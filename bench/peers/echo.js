// Echoes with Node's dgram: one socket, the packet handed straight back.  node echo.js PORT
const socket = require('node:dgram').createSocket({ type: 'udp4', recvBufferSize: 8 * 1024 * 1024 });
socket.on('message', (packet, from) => socket.send(packet, from.port, from.address, () => {}));
socket.on('error', (e) => { console.error(e.message); process.exit(1); });
// An exclusive socket is this process's own, not shared through a cluster; an address by number needs no look-up.
socket.bind({ port: Number(process.argv[2]), address: '127.0.0.1', exclusive: true });
