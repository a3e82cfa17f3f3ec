"""Writes sandbox/services/<service>/{constraints,documented-errors}.json from the API models that ship with botocore.

The AWS SDK for JavaScript leaves length, pattern and enum constraints out of its schemas; the service models that
botocore ships have them. Run after an update of the SDK: `python3 scripts/constraints.py`.
Which errors AWS documents for an operation is in those models too: documented-errors.json, for documented-errors.test.ts beside it.
Keys of constraints.json are `Structure.member`, `Structure.member[]` for the elements of a list, `{}` for a map's values, `{key}` for its keys.
"""
import json
import pathlib
import re

from botocore.loaders import Loader

SERVICES = {"apigateway": "apigateway", "apigatewayv2": "apigatewayv2", "lambda": "lambda", "iam": "iam", "sts": "sts", "logs": "logs", "sqs": "sqs", "dynamodb": "dynamodb", "dynamodb/streams": "dynamodbstreams", "events": "events", "scheduler": "scheduler", "cloudtrail": "cloudtrail", "cloudwatch": "cloudwatch", "sns": "sns", "s3": "s3"}

# SQS has words of its own for what its model constrains, which is names of attributes only ("Unknown Attribute …"); CloudTrail has
# errors of its own.
UNCONSTRAINED = {"sqs", "cloudtrail"}


# API Gateway v2 tells lengths in the names of its shapes alone. The least is left out: an empty text takes a member away there.
LENGTH_IN_NAME = re.compile(r"^(?:String|Uri)WithLengthBetween\d+And(\d+)(K?)$")


def constraint(name, shape):
    found = {key: shape[key] for key in ("min", "max", "pattern", "enum") if key in shape}
    length = LENGTH_IN_NAME.match(name)
    if length:
        found["max"] = int(length[1]) * (1024 if length[2] else 1)
    if found.get("min") == 0:
        del found["min"]
    return found


def collect(model):
    shapes, inputs, seen, out = model["shapes"], [], set(), {}
    for operation in model["operations"].values():
        if "input" in operation:
            inputs.append(operation["input"]["shape"])

    def visit_value(path, name):
        shape = shapes[name]
        found = constraint(name, shape)
        if found:
            out[path] = found
        if shape["type"] == "structure":
            visit_structure(name)
        elif shape["type"] == "list":
            visit_value(path + "[]", shape["member"]["shape"])
        elif shape["type"] == "map":
            visit_value(path + "{key}", shape["key"]["shape"])
            visit_value(path + "{}", shape["value"]["shape"])

    def visit_structure(name):
        if name in seen:
            return
        seen.add(name)
        for member, ref in shapes[name]["members"].items():
            visit_value(f"{name}.{member}", ref["shape"])

    for name in inputs:
        visit_structure(name)
    return dict(sorted(out.items()))


def errors(model):
    return {name: sorted(error["shape"] for error in operation.get("errors", [])) for name, operation in sorted(model["operations"].items())}


for folder, service in SERVICES.items():
    model = Loader().load_service_model(service, "service-2")
    target = pathlib.Path(__file__).parent.parent / "sandbox" / "services" / folder
    files = {"documented-errors": errors(model)} if folder in UNCONSTRAINED else {"constraints": collect(model), "documented-errors": errors(model)}
    for name, content in files.items():
        (target / f"{name}.json").write_text(json.dumps(content, indent=1) + "\n")
    print(target)
