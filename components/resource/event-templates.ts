/*
 * Events in the shapes that AWS services send to a function.
 * Source: the Lambda developer guide, a page per service ("Using AWS Lambda with Amazon S3", …), and the API Gateway
 * developer guide on proxy integrations, payload formats 1.0 and 2.0.
 */

const record = (fields: object) => ({ Records: [fields] })

const events: Record<string, object> = {
  'Hello': { key1: 'value1', key2: 'value2', key3: 'value3' },
  'API Gateway (REST, proxy)': {
    resource: '/books/{id}',
    path: '/books/b1',
    httpMethod: 'POST',
    headers: { accept: '*/*', 'content-type': 'application/json', host: 'abc123.execute-api.us-east-1.amazonaws.com' },
    multiValueHeaders: { accept: ['*/*'], 'content-type': ['application/json'] },
    queryStringParameters: { lang: 'vi' },
    multiValueQueryStringParameters: { lang: ['vi'] },
    pathParameters: { id: 'b1' },
    stageVariables: null,
    requestContext: {
      accountId: '123456789012', apiId: 'abc123', resourceId: 'r1', resourcePath: '/books/{id}', path: '/prod/books/b1', stage: 'prod', httpMethod: 'POST', protocol: 'HTTP/1.1',
      requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef', requestTime: '24/Nov/2026:09:00:00 +0000', requestTimeEpoch: 1795510800000,
      identity: { sourceIp: '127.0.0.1', userAgent: 'curl/8.0.0' },
    },
    body: '{"title":"Lão Hạc","quantity":2}',
    isBase64Encoded: false,
  },
  'API Gateway (HTTP API, 2.0)': {
    version: '2.0',
    routeKey: 'POST /books/{id}',
    rawPath: '/books/b1',
    rawQueryString: 'lang=vi',
    cookies: ['session=1'],
    headers: { accept: '*/*', 'content-type': 'application/json', host: 'abc123.execute-api.us-east-1.amazonaws.com' },
    queryStringParameters: { lang: 'vi' },
    pathParameters: { id: 'b1' },
    requestContext: {
      accountId: '123456789012', apiId: 'abc123', domainName: 'abc123.execute-api.us-east-1.amazonaws.com', domainPrefix: 'abc123', requestId: 'JKJaXmPLvHcESHA=', routeKey: 'POST /books/{id}', stage: '$default',
      http: { method: 'POST', path: '/books/b1', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'curl/8.0.0' },
      time: '24/Nov/2026:09:00:00 +0000', timeEpoch: 1795510800000,
    },
    body: '{"title":"Lão Hạc","quantity":2}',
    isBase64Encoded: false,
  },
  'S3 (put)': record({
    eventVersion: '2.1', eventSource: 'aws:s3', awsRegion: 'us-east-1', eventTime: '2026-11-24T09:00:00.000Z', eventName: 'ObjectCreated:Put',
    userIdentity: { principalId: 'AIDAEXAMPLE' },
    requestParameters: { sourceIPAddress: '127.0.0.1' },
    responseElements: { 'x-amz-request-id': 'C3D13FE58DE4C810', 'x-amz-id-2': 'FMyUVURIY8/IgAtTv8xRjskZQpcIZ9KG4V5Wp6S7S/JRWeUWerMUE5JgHvANOjpD' },
    s3: {
      s3SchemaVersion: '1.0', configurationId: 'thumbnails',
      bucket: { name: 'bookshop-covers', ownerIdentity: { principalId: 'A3NL1KOZZKExample' }, arn: 'arn:aws:s3:::bookshop-covers' },
      object: { key: 'covers/lao-hac.png', size: 1024, eTag: 'd41d8cd98f00b204e9800998ecf8427e', sequencer: '0A1B2C3D4E5F678901' },
    },
  }),
  'SNS': record({
    EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn: 'arn:aws:sns:us-east-1:123456789012:orders:21be56ed-a058-49f5-8c98-aedd2564c486',
    Sns: {
      Type: 'Notification', MessageId: '95df01b4-ee98-5cb9-9903-4c221d41eb5e', TopicArn: 'arn:aws:sns:us-east-1:123456789012:orders', Subject: 'New order', Message: '{"orderId":"o1","total":120000}',
      Timestamp: '2026-11-24T09:00:00.000Z', SignatureVersion: '1', Signature: 'EXAMPLE', SigningCertUrl: 'EXAMPLE', UnsubscribeUrl: 'EXAMPLE',
      MessageAttributes: { kind: { Type: 'String', Value: 'order' } },
    },
  }),
  'SQS': record({
    messageId: '19dd0b57-b21e-4ac1-bd88-01bbb068cb78', receiptHandle: 'MessageReceiptHandle', body: '{"orderId":"o1","total":120000}',
    attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1795510800000', SenderId: '123456789012', ApproximateFirstReceiveTimestamp: '1795510800001' },
    messageAttributes: {}, md5OfBody: '7b270e59b47ff90a553787216d55d91d', eventSource: 'aws:sqs', eventSourceARN: 'arn:aws:sqs:us-east-1:123456789012:orders', awsRegion: 'us-east-1',
  }),
  'EventBridge (scheduled)': {
    version: '0', id: 'cdc73f9d-aea9-11e3-9d5a-835b769c0d9c', 'detail-type': 'Scheduled Event', source: 'aws.events', account: '123456789012', time: '2026-11-24T09:00:00Z', region: 'us-east-1',
    resources: ['arn:aws:events:us-east-1:123456789012:rule/daily-report'], detail: {},
  },
  'DynamoDB stream': record({
    eventID: 'c4ca4238a0b923820dcc509a6f75849b', eventName: 'INSERT', eventVersion: '1.1', eventSource: 'aws:dynamodb', awsRegion: 'us-east-1',
    dynamodb: {
      ApproximateCreationDateTime: 1795510800, Keys: { id: { S: 'b1' } }, NewImage: { id: { S: 'b1' }, title: { S: 'Lão Hạc' }, price: { N: '12.5' } },
      SequenceNumber: '4421584500000000017450439091', SizeBytes: 26, StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
    eventSourceARN: 'arn:aws:dynamodb:us-east-1:123456789012:table/books/stream/2026-11-24T00:00:00.000',
  }),
}

/** Events to begin with, by the name of what sends them. */
export const eventTemplates: readonly { name: string; json: string }[] = Object.entries(events).map(([name, event]) => ({ name, json: JSON.stringify(event, null, 2) }))
