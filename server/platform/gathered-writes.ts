import { Socket } from 'node:net'

/**
 * A connection whose writes of one turn of the event loop leave together: statements sent one behind the other cost one
 * call of the system, not one each.
 */
export function gatheredWrites(): Socket {
  const socket = new Socket()
  const write = socket.write.bind(socket)
  let gathering = false
  const leave = () => {
    gathering = false
    socket.uncork()
  }
  socket.write = ((...given: Parameters<typeof write>) => {
    if (!gathering) {
      gathering = true
      socket.cork()
      process.nextTick(leave)
    }
    return write(...given)
  }) as typeof socket.write
  return socket
}
