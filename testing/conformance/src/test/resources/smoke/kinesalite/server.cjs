// Starts kinesalite on a free port of this machine and prints the port.
const server = require('kinesalite')({ createStreamMs: 0, shardLimit: 10 })
// Kinesalite ends when a client goes away in the middle of a request. This listener comes after kinesalite's own.
server.on('request', request => request.removeAllListeners('error').on('error', () => {}))
server.listen(0, '127.0.0.1', () => console.log('http://127.0.0.1:' + server.address().port))
