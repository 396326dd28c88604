// Starts kinesalite on a free port of this machine and prints the port.
const server = require('kinesalite')({ createStreamMs: 0, shardLimit: 10 })
server.listen(0, '127.0.0.1', () => console.log('http://127.0.0.1:' + server.address().port))
