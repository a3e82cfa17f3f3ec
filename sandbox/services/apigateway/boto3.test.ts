import { afterAll, beforeAll, expect, it } from 'vitest'
import { boto3, hasBoto3 } from '../../boto3-testing'
import { startTestSandbox, type TestSandbox } from '../../testing'

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await startTestSandbox()
})
afterAll(() => sandbox.remove())

it.skipIf(!hasBoto3)(hasBoto3 ? 'boto3 makes, deploys, tries, documents and names a REST API' : 'boto3 is not installed: left out', { timeout: 60_000 }, async () => {
  const found = await boto3(
    sandbox.learner,
    `
gw = boto3.client("apigateway")
api = gw.create_rest_api(name="bookshop", tags={"team": "shop"})["id"]
root = gw.get_resources(restApiId=api)["items"][0]["id"]
books = gw.create_resource(restApiId=api, parentId=root, pathPart="books")["id"]
at = dict(restApiId=api, resourceId=books, httpMethod="GET")
gw.put_method(**at, authorizationType="NONE")
gw.put_integration(**at, type="MOCK", requestTemplates={"application/json": '{"statusCode": 200}'})
gw.put_method_response(**at, statusCode="200")
gw.put_integration_response(**at, statusCode="200", responseTemplates={"application/json": '{"shelf": "$input.params(\\'shelf\\')"}'})
tried = gw.test_invoke_method(**at, pathWithQueryString="/books?shelf=a")
gw.create_deployment(restApiId=api, stageName="dev")
part = gw.create_documentation_part(restApiId=api, location={"type": "API"}, properties='{"description": "Books"}')["id"]
gw.create_documentation_version(restApiId=api, documentationVersion="1", stageName="dev")
certificate = gw.generate_client_certificate(description="shop")
domain = gw.create_domain_name(domainName="api.bookshop.example", regionalCertificateArn="arn:aws:acm:us-east-1:${sandbox.accountId}:certificate/1", endpointConfiguration={"types": ["REGIONAL"]})
gw.create_base_path_mapping(domainName="api.bookshop.example", restApiId=api, stage="dev", basePath="v1")
key = gw.create_api_key(name="shop", enabled=True)["id"]
names = [r["name"] for p in gw.get_paginator("get_rest_apis").paginate() for r in p["items"]]
exported = json.loads(gw.get_export(restApiId=api, stageName="dev", exportType="oas30")["body"].read())
try: gw.get_rest_api(restApiId="none")
except gw.exceptions.NotFoundException as e: error = e.response["Error"]["Message"]
print(json.dumps({"status": tried["status"], "body": tried["body"], "version": gw.get_stage(restApiId=api, stageName="dev")["documentationVersion"], "pem": certificate["pemEncodedCertificate"][:27], "mapped": [m["basePath"] for m in gw.get_base_path_mappings(domainName="api.bookshop.example")["items"]], "names": names, "paths": list(exported["paths"]), "error": error, "part": gw.get_documentation_part(restApiId=api, documentationPartId=part)["location"]["type"]}))
`,
  )
  expect(found).toEqual({
    status: 200,
    body: '{"shelf": "a"}',
    version: '1',
    pem: '-----BEGIN CERTIFICATE-----',
    mapped: ['v1'],
    names: ['bookshop'],
    paths: ['/books'],
    error: expect.stringContaining('Invalid API identifier specified'),
    part: 'API',
  })
})
