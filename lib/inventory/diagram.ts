import dagre from '@dagrejs/dagre'
import type { EdgeKind, Inventory, Resource, ResourceKind } from './index'

/** One box of the diagram: a resource, or several alike. */
export interface DiagramNode {
  /** The ARN of one, or of the first of several. */
  id: string
  resource: Resource
  /** How many resources it stands for. */
  count: number
  /** Not what was looked for, but connected with it. */
  beside: boolean
  /** The upper left corner. */
  x: number
  y: number
}

/** A line of the diagram, from the right side of one box to the left side of another. */
export interface DiagramEdge {
  from: string
  to: string
  kind: EdgeKind
  path: string
}

/** Boxes and lines with their places, in pixels. Nodes stand in the order in which work flows: left to right, top to bottom. */
export interface Diagram {
  width: number
  height: number
  /** The size of every box. */
  box: { width: number; height: number }
  nodes: DiagramNode[]
  edges: DiagramEdge[]
  /** Whether boxes stand for several alike. */
  grouped: boolean
}

const NODE_WIDTH = 176
const NODE_HEIGHT = 44
/** Beyond this many boxes those alike become one. */
const MOST_NODES = 60
const MARGIN = 8
const GAP = 14
const RANK_GAP = 56
/** Boxes of what nothing is connected with, in a row below. */
const PER_ROW = 4
/** Said by a line between two others, or by the list alone. */
const FOLDED = new Set<ResourceKind>(['subscription', 'event-source-mapping', 'schedule-group'])

/**
 * Lays an inventory out as a diagram: what starts work on the left, what does it in the middle, what it uses on the right.
 * Subscriptions and mappings are lines; a function's log group stands with its function.
 *
 * @param wanted what is looked for; what is connected with it is shown beside it. All where absent
 * @param most boxes before those alike become one
 */
export function layOut(inventory: Inventory, wanted?: (resource: Resource) => boolean, most = MOST_NODES): Diagram {
  const lines = inventory.edges.filter(({ kind }) => kind !== 'logs')
  const ownLogs = new Set(inventory.edges.filter(({ kind }) => kind === 'logs').map(({ to }) => to))
  const drawn = new Map(inventory.resources.filter(({ kind, arn }) => !FOLDED.has(kind) && !ownLogs.has(arn)).map((resource) => [resource.arn, resource]))
  const ends = lines.filter(({ from, to }) => drawn.has(from) && drawn.has(to))
  const chosen = new Set([...drawn.values()].filter((resource) => !wanted || wanted(resource)).map(({ arn }) => arn))
  const shown = new Set(chosen)
  if (wanted) for (const { from, to } of ends) for (const [one, other] of [[from, to], [to, from]] as const) if (chosen.has(one)) shown.add(other)
  const edges = ends.filter(({ from, to }) => shown.has(from) && shown.has(to) && (chosen.has(from) || chosen.has(to)))

  const classOf = shown.size > most ? alike([...shown].map((arn) => drawn.get(arn)!), edges) : (arn: string) => arn
  const boxes = new Map<string, Omit<DiagramNode, 'x' | 'y'>>()
  for (const arn of shown) {
    const box = boxes.get(classOf(arn))
    if (box) boxes.set(classOf(arn), { ...box, count: box.count + 1, beside: box.beside && !chosen.has(arn) })
    else boxes.set(classOf(arn), { id: arn, resource: drawn.get(arn)!, count: 1, beside: !chosen.has(arn) })
  }
  const joined = new Map<string, { from: string; to: string; kind: EdgeKind }>()
  for (const { from, to, kind } of edges) {
    const line = { from: boxes.get(classOf(from))!.id, to: boxes.get(classOf(to))!.id, kind }
    // A line from a group to itself, such as queues that are each other's dead-letter queue, would be a loop.
    if (line.from !== line.to) joined.set(`${line.from} ${line.to}`, joined.get(`${line.from} ${line.to}`) ?? line)
  }
  return place([...boxes.values()], [...joined.values()])
}

/** Puts resources of one kind together whose neighbours are of the same kinds: a hundred APIs of the same build are one box. */
function alike(resources: readonly Resource[], edges: readonly { from: string; to: string; kind: EdgeKind }[]): (arn: string) => string {
  const kindOf = new Map(resources.map(({ arn, kind }) => [arn, kind]))
  const neighbours = new Map<string, Set<string>>(resources.map(({ arn }) => [arn, new Set()]))
  for (const { from, to, kind } of edges) {
    neighbours.get(from)!.add(`${kind} ${kindOf.get(to)}`)
    neighbours.get(to)!.add(`${kindOf.get(from)} ${kind}`)
  }
  return (arn) => `${kindOf.get(arn)}: ${[...neighbours.get(arn)!].sort().join(', ')}`
}

function place(boxes: readonly Omit<DiagramNode, 'x' | 'y'>[], lines: readonly { from: string; to: string; kind: EdgeKind }[]): Diagram {
  const connected = new Set(lines.flatMap(({ from, to }) => [from, to]))
  const graph = new dagre.graphlib.Graph()
  graph.setGraph({ rankdir: 'LR', nodesep: GAP, ranksep: RANK_GAP, edgesep: 10, marginx: MARGIN, marginy: MARGIN })
  for (const { id } of boxes) if (connected.has(id)) graph.setNode(id, { width: NODE_WIDTH, height: NODE_HEIGHT })
  // A policy belongs to its role, which stands behind the functions: for the layout the line runs the other way.
  for (const { from, to, kind } of lines) graph.setEdge(...(kind === 'grants' ? ([to, from] as const) : ([from, to] as const)), { weight: kind === 'invokes' || kind === 'triggers' ? 3 : 1 })
  if (connected.size > 0) dagre.layout(graph)
  const { width: graphWidth = 0, height: graphHeight = 0 } = connected.size > 0 ? graph.graph() : {}

  const alone = boxes.filter(({ id }) => !connected.has(id))
  const perRow = Math.max(PER_ROW, Math.floor((graphWidth - 2 * MARGIN + GAP) / (NODE_WIDTH + GAP)))
  const top = connected.size > 0 ? graphHeight + GAP : MARGIN
  const nodes: DiagramNode[] = [
    ...boxes.filter(({ id }) => connected.has(id)).map((box) => ({ ...box, x: graph.node(box.id).x - NODE_WIDTH / 2, y: graph.node(box.id).y - NODE_HEIGHT / 2 })),
    ...alone.map((box, index) => ({ ...box, x: MARGIN + (index % perRow) * (NODE_WIDTH + GAP), y: top + Math.floor(index / perRow) * (NODE_HEIGHT + GAP) })),
  ]
  const rows = Math.ceil(alone.length / perRow)
  return {
    width: Math.max(graphWidth, alone.length > 0 ? 2 * MARGIN + Math.min(alone.length, perRow) * (NODE_WIDTH + GAP) - GAP : 0),
    box: { width: NODE_WIDTH, height: NODE_HEIGHT },
    height: (connected.size > 0 ? graphHeight : 0) + (rows > 0 ? (connected.size > 0 ? GAP : MARGIN) + rows * (NODE_HEIGHT + GAP) - GAP + MARGIN : 0),
    // Alone in a column or row they would be read last; the order of the columns is the order of the flow.
    nodes: nodes.sort((one, other) => Number(connected.has(other.id)) - Number(connected.has(one.id)) || one.x - other.x || one.y - other.y),
    edges: lines.map(({ from, to, kind }) => {
      const [start, end] = kind === 'grants' ? [to, from] : [from, to]
      const [left, right] = [graph.node(start), graph.node(end)]
      const between = graph.edge(start, end).points.slice(1, -1)
      // Lines leave a box at the middle of its side and arrive so: at its corners they would cross its neighbours.
      const level = left.x < right.x
      return { from, to, kind, path: level ? smooth([{ x: left.x + NODE_WIDTH / 2, y: left.y }, ...(between.length > 1 ? between : []), { x: right.x - NODE_WIDTH / 2, y: right.y }]) : smooth(graph.edge(start, end).points) }
    }),
    grouped: boxes.some(({ count }) => count > 1),
  }
}

/** A curve through points that leaves and arrives level. */
function smooth(points: readonly { x: number; y: number }[]): string {
  const [first, ...rest] = points.map(({ x, y }) => ({ x: Math.round(x), y: Math.round(y) }))
  let path = `M${first!.x} ${first!.y}`
  let at = first!
  for (const next of rest) {
    const middle = Math.round((at.x + next.x) / 2)
    path += `C${middle} ${at.y} ${middle} ${next.y} ${next.x} ${next.y}`
    at = next
  }
  return path
}
