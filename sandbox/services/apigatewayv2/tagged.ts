import type { Call } from '../../operation'
import { badRequest, notFound } from '../apigateway/errors'
import { changeApi, requireApi } from './apis'
import { requireStage } from './stages'

interface Tagged {
  apiId: string
  stageName?: string
}

/** The tags of an API or a stage by its ARN. @throws BadRequestException, NotFoundException */
export async function tagsOf(call: Call, arn: string): Promise<Record<string, string>> {
  const { apiId, stageName } = parse(call, arn)
  const api = await requireApi({ ...call, input: { ApiId: apiId } })
  return stageName === undefined ? api.tags : (requireStage(api, stageName).Tags ?? {})
}

/** Writes what `change` makes of the tags of an API or a stage. @throws BadRequestException, NotFoundException */
export async function changeTags(call: Call, arn: string, change: (tags: Record<string, string>) => Record<string, string>): Promise<void> {
  const { apiId, stageName } = parse(call, arn)
  await changeApi({ ...call, input: { ApiId: apiId } }, (api) => {
    if (stageName === undefined) {
      api.tags = change(api.tags)
      return
    }
    const stage = requireStage(api, stageName)
    stage.Tags = change(stage.Tags ?? {})
  })
}

function parse({ region }: Call, arn: string): Tagged {
  const [, where, apiId, stageName] = /^arn:aws[\w-]*:apigateway:([\w-]+)::\/apis\/([^/]+)(?:\/stages\/([^/]+))?$/.exec(arn) ?? []
  if (apiId === undefined) throw badRequest('Invalid ARN specified in the request')
  if (where !== region) throw notFound('Invalid ARN specified in the request: it names another region')
  return { apiId, ...(stageName === undefined ? {} : { stageName }) }
}
