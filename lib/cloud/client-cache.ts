import { createClients, destroyClients, type ClientOptions, type CloudClients } from './clients'

const MOST = 200

/** Keeps the clients of the accounts used last, so that their connections are reused. */
export class ClientCache {
  private readonly kept = new Map<string, { clients: CloudClients; until: number }>()

  /** The clients kept under a name, unless their credentials are about to end. */
  find(name: string): CloudClients | undefined {
    const entry = this.kept.get(name)
    if (!entry || entry.until <= Date.now()) return undefined
    this.kept.delete(name)
    this.kept.set(name, entry)
    return entry.clients
  }

  /** @param until epoch ms after which the credentials are not to be used */
  make(name: string, options: ClientOptions, until = Infinity): CloudClients {
    const clients = createClients(options)
    const old = this.kept.get(name)
    if (old) destroyClients(old.clients)
    this.kept.delete(name)
    this.kept.set(name, { clients, until })
    const [oldest] = this.kept.keys()
    if (this.kept.size > MOST && oldest !== undefined) {
      destroyClients(this.kept.get(oldest)!.clients)
      this.kept.delete(oldest)
    }
    return clients
  }
}
