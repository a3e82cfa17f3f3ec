import { describe, expect, it } from 'vitest'
import { layOut, type Diagram } from './diagram'
import { isWanted, wantedFrom } from './filter'
import type { Edge, EdgeKind, Inventory, Resource, ResourceKind } from './index'

const resource = (kind: ResourceKind, name: string): Resource => ({ arn: `arn:aws:x:us-east-1:111111111111:${kind}/${name}`, service: kind === 'function' ? 'lambda' : kind === 'table' ? 'dynamodb' : 'apigateway', kind, name, facts: {} })
const arn = (kind: ResourceKind, name: string) => resource(kind, name).arn
const edge = (from: string, kind: EdgeKind, to: string): Edge => ({ from, kind, to })

/** So many shops of an API, a function and a table each. */
function shops(count: number): Inventory {
  const names = Array.from({ length: count }, (_, index) => `shop-${index}`)
  return {
    resources: names.flatMap((name) => [resource('rest-api', name), resource('function', name), resource('table', name), resource('log-group', name)]),
    edges: names.flatMap((name) => [edge(arn('rest-api', name), 'invokes', arn('function', name)), edge(arn('function', name), 'mayUse', arn('table', name)), edge(arn('function', name), 'logs', arn('log-group', name))]),
    failed: [],
  }
}

function overlaps({ nodes, box }: Diagram): string[] {
  return nodes.flatMap((one, index) => nodes.slice(index + 1).filter((other) => Math.abs(one.x - other.x) < box.width && Math.abs(one.y - other.y) < box.height).map((other) => `${one.id} and ${other.id}`))
}

describe('the diagram', () => {
  it('of nothing is empty', () => {
    expect(layOut({ resources: [], edges: [], failed: [] })).toMatchObject({ nodes: [], edges: [] })
  })

  it('runs from what starts work to what is used, in the order of its boxes', () => {
    const { nodes, edges } = layOut(shops(1))
    expect(nodes.map(({ resource: { kind } }) => kind)).toEqual(['rest-api', 'function', 'table'])
    expect(edges.map(({ kind }) => kind)).toEqual(['invokes', 'mayUse'])
    for (const { path } of edges) expect(path).toMatch(/^M\d+ \d+C/)
  })

  it('keeps all boxes apart and within its bounds, those without connections too', () => {
    const inventory = shops(12)
    const diagram = layOut({ ...inventory, resources: [...inventory.resources, ...Array.from({ length: 7 }, (_, index) => resource('bucket', `alone-${index}`))] })
    expect(diagram.nodes).toHaveLength(43)
    expect(overlaps(diagram)).toEqual([])
    for (const { x, y } of diagram.nodes) {
      expect(x).toBeGreaterThanOrEqual(0)
      expect(x + diagram.box.width).toBeLessThanOrEqual(diagram.width)
      expect(y + diagram.box.height).toBeLessThanOrEqual(diagram.height)
    }
  })

  it('of three hundred resources puts those alike together', () => {
    const diagram = layOut(shops(100))
    expect(diagram.grouped).toBe(true)
    expect(diagram.nodes.map(({ resource: { kind }, count }) => [kind, count])).toEqual([['rest-api', 100], ['function', 100], ['table', 100]])
    expect(diagram.edges).toHaveLength(2)
  })

  it('shows what is looked for and what is connected with it', () => {
    const wanted = wantedFrom({ q: 'Shop-42 ', show: 'lambda' })
    const { nodes, grouped } = layOut(shops(100), (one) => isWanted(wanted, one))
    expect(grouped).toBe(false)
    expect(nodes.map(({ resource: { kind, name }, beside }) => [kind, name, beside])).toEqual([['rest-api', 'shop-42', true], ['function', 'shop-42', false], ['table', 'shop-42', true]])
  })

  it('takes a service or kind that there is none of for all', () => {
    expect(wantedFrom({ show: 'toString' })).toEqual({ q: '', show: '' })
    expect(wantedFrom({ q: ['a', 'b'], show: 'event-bus' })).toEqual({ q: '', show: 'event-bus' })
  })
})
