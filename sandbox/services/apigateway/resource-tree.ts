import { badRequest, conflict, required } from './errors'
import { newId } from './ids'
import { holdQuota, QUOTAS } from './quotas'
import type { ApiResource, Definition } from './records'

const PATH_PART = /^(?:[a-zA-Z0-9._\-:$]+|\{[a-zA-Z0-9._\-:]+\+?\})$/

/** The resource of that id. @throws NotFoundException */
export function requireResource(definition: Definition, id: string | undefined): ApiResource {
  return required(definition.resources, id, 'Invalid Resource identifier specified')
}

/** Adds a resource below another; alters the definition. @throws BadRequestException, ConflictException, NotFoundException in AWS's words */
export function addResource(definition: Definition, parentId: string, pathPart: string): ApiResource {
  const parent = requireResource(definition, parentId)
  checkPathPart(definition, parent, pathPart)
  holdQuota(Object.keys(definition.resources).length + 1, QUOTAS.resources, 'Resources for this API')
  const resource: ApiResource = { id: newId(6), parentId, pathPart, path: below(parent, pathPart), methods: {} }
  definition.resources[resource.id] = resource
  return resource
}

/** Gives a resource another name or parent, and all below it their new paths; alters the definition. */
export function moveResource(definition: Definition, resource: ApiResource, to: { parentId?: string; pathPart?: string }): void {
  if (resource.parentId === undefined) throw badRequest('Root resource cannot be updated')
  const parent = requireResource(definition, to.parentId ?? resource.parentId)
  if (descendants(definition, resource.id).some(({ id }) => id === parent.id)) throw badRequest('Resource cannot be moved below itself')
  const pathPart = to.pathPart ?? resource.pathPart!
  checkPathPart(definition, parent, pathPart, resource.id)
  Object.assign(resource, { parentId: parent.id, pathPart })
  for (const one of descendants(definition, resource.id)) one.path = below(definition.resources[one.parentId!]!, one.pathPart!)
}

/** Deletes a resource and all below it; alters the definition. */
export function removeResource(definition: Definition, resource: ApiResource): void {
  if (resource.parentId === undefined) throw badRequest('Root resource cannot be deleted')
  for (const { id } of descendants(definition, resource.id)) delete definition.resources[id]
}

/** A resource and all below it, parents first. */
function descendants(definition: Definition, id: string): ApiResource[] {
  const children = Object.values(definition.resources).filter(({ parentId }) => parentId === id)
  return [definition.resources[id]!, ...children.flatMap((child) => descendants(definition, child.id))]
}

function below(parent: ApiResource, pathPart: string): string {
  return `${parent.path === '/' ? '' : parent.path}/${pathPart}`
}

function checkPathPart(definition: Definition, parent: ApiResource, pathPart: string, self?: string): void {
  if (!PATH_PART.test(pathPart)) {
    throw badRequest("Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.")
  }
  if (parent.pathPart?.endsWith('+}')) throw badRequest(`Cannot create a child of a resource with a greedy path variable: ${parent.pathPart}`)
  const siblings = Object.values(definition.resources).filter(({ id, parentId }) => parentId === parent.id && id !== self)
  if (siblings.some((sibling) => sibling.pathPart === pathPart)) throw conflict(`Another resource with the same parent already has this name: ${pathPart}`)
  const variable = siblings.find((sibling) => sibling.pathPart!.startsWith('{') && sibling.pathPart!.endsWith('+}') === pathPart.endsWith('+}'))
  if (pathPart.startsWith('{') && variable) throw badRequest(`A sibling (${variable.pathPart}) of this resource already has a variable path part -- only one is allowed`)
}
