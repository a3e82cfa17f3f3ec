import { Publish$, type PublishInput, type PublishResponse } from '@aws-sdk/client-sns'
import { operation, type Call } from '../../../operation'
import { invalid, notHere } from '../errors'
import { isFifo, parseTopicArn, type TopicName } from '../names'
import { newMessage } from '../new-message'
import { inRegion, onTopic } from '../on-topic'
import { publish as handOut } from '../publish'
import { requireTopic } from '../topics'

/** Publishes a message to a topic; once this answers, all who subscribed will get it. */
export const publish = operation<PublishInput, PublishResponse>(Publish$, {
  resource: (call) => onTopic.resource(asOnTopic(call)),
  context: (call) => onTopic.context!(asOnTopic(call)),
  resourcePolicy: (call, resource) => onTopic.resourcePolicy!(asOnTopic(call), resource),
  async run(call) {
    const topic = await requireTopic(call.sandbox, target(call))
    const [message] = await handOut(call.sandbox, topic, [newMessage(call.sandbox, topic, call.input, call.traceHeader)])
    return { MessageId: message!.id, SequenceNumber: isFifo(topic) ? message!.sequence : undefined }
  },
})

/** The topic, which TargetArn names as well. */
function target(call: Call<PublishInput>): TopicName {
  const { TopicArn, TargetArn, PhoneNumber } = call.input
  if (PhoneNumber !== undefined) throw notHere('Publish to a phone number')
  if (TargetArn !== undefined && /^arn:aws:sns:[^:]*:[^:]*:endpoint\//.test(TargetArn)) throw notHere('Publish to a mobile endpoint')
  const arn = TopicArn ?? TargetArn
  if (arn === undefined) throw invalid('TopicArn or TargetArn Reason: no value for required parameter')
  return inRegion(call, parseTopicArn(arn, TopicArn === undefined ? 'TargetArn' : 'TopicArn'))
}

function asOnTopic(call: Call<PublishInput>): Call {
  target(call)
  return { ...call, input: { TopicArn: call.input.TopicArn ?? call.input.TargetArn } }
}
