# Runs a Python handler: loads it, then takes events from the Lambda Runtime API and posts what the handler answers.
# Started as `python python.py '{"socket": …, "forward": {port: socket}, "modules": […]}'`. Speaks HTTP/1.1 by hand over one connection:
# http.client alone would make each cold start a fifth longer.
import json
import logging
import os
import socket
import sys
import time

START = json.loads(os.environ.pop("_WORKLAB_START", None) or sys.argv[1])
del sys.argv[1:]
API = "/2018-06-01/runtime"
LOG_DESCRIPTOR = 3
# What the sandbox had open without meaning to pass it on, such as the files of its database.
os.closerange(LOG_DESCRIPTOR + 1, 65536)
STATE = {"request_id": None}
JSON_LOG = os.environ.get("AWS_LAMBDA_LOG_FORMAT") == "JSON"


class Fault(Exception):
    """A failure Lambda itself names, such as a handler that does not exist."""

    def __init__(self, error_type, message, trace=()):
        super().__init__(message)
        self.error_type = error_type
        self.trace = list(trace)


class RuntimeClient:
    """The Runtime API over one connection kept open; a response and the next long poll leave together."""

    def __init__(self, path):
        self.connection = socket.socket(socket.AF_UNIX)
        self.connection.connect(path)
        self.reader = self.connection.makefile("rb")
        self.unread = 0

    def send(self, method, path, body=b"", headers=()):
        head = "%s %s%s HTTP/1.1\r\nHost: runtime\r\nContent-Length: %d\r\n" % (method, API, path, len(body))
        lines = "".join("%s: %s\r\n" % header for header in headers)
        self.connection.sendall((head + lines + "\r\n").encode() + body)
        self.unread += 1

    def read(self):
        """The answer to the last request sent; those before it are acknowledgements nobody needs."""
        while True:
            if not self.reader.readline():
                # Without its engine an environment has nothing left to do.
                os._exit(0)
            headers = {}
            while True:
                line = self.reader.readline().decode("latin-1").strip()
                if not line:
                    break
                name, _, value = line.partition(":")
                headers[name.lower()] = value.strip()
            body = self.reader.read(int(headers.get("content-length", 0)))
            self.unread -= 1
            if self.unread == 0:
                return headers, body

    def next(self):
        self.send("GET", "/invocation/next")
        return self.read()

    def respond(self, request_id, body):
        self.send("POST", "/invocation/%s/response" % request_id, body, [("Content-Type", "application/json")])

    def error(self, path, error):
        headers = [("Content-Type", "application/json"), ("Lambda-Runtime-Function-Error-Type", error["errorType"])]
        self.send("POST", path, json.dumps(error).encode(), headers)


class CognitoIdentity:
    def __init__(self, values):
        self.cognito_identity_id = values.get("cognitoIdentityId")
        self.cognito_identity_pool_id = values.get("cognitoIdentityPoolId")


class Client:
    def __init__(self, values):
        for name in ("installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name"):
            setattr(self, name, values.get(name))


class ClientContext:
    def __init__(self, values):
        self.client = Client(values["client"]) if "client" in values else None
        self.custom = values.get("custom")
        self.env = values.get("env")


class LambdaContext:
    """What a handler gets as its second argument."""

    def __init__(self, headers):
        client_context = headers.get("lambda-runtime-client-context")
        identity = headers.get("lambda-runtime-cognito-identity")
        self.aws_request_id = headers["lambda-runtime-aws-request-id"]
        self.log_group_name = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.function_version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.invoked_function_arn = headers.get("lambda-runtime-invoked-function-arn")
        self.client_context = ClientContext(json.loads(client_context)) if client_context else None
        self.identity = CognitoIdentity(json.loads(identity) if identity else {})
        self._deadline = int(headers["lambda-runtime-deadline-ms"])

    def get_remaining_time_in_millis(self):
        return max(self._deadline - int(time.time() * 1000), 0)

    def log(self, message):
        write_frame(str(message))


def write_frame(message):
    """One log event, however many lines: 4 bytes length, 8 bytes timestamp in ms, the message."""
    text = message.encode("utf-8", "backslashreplace")
    frame = len(text).to_bytes(4, "big") + int(time.time() * 1000).to_bytes(8, "big") + text
    while frame:
        frame = frame[os.write(LOG_DESCRIPTOR, frame):]


class LambdaLogHandler(logging.Handler):
    def emit(self, record):
        record.aws_request_id = STATE["request_id"]
        write_frame(self.format(record))


class JsonFormatter(logging.Formatter):
    """A record as Lambda's JSON: what the caller added with `extra` beside what every record has."""

    USUAL = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "aws_request_id", "taskName"}

    def format(self, record):
        line = {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname,
            "message": record.getMessage(),
            "logger": record.name,
        }
        if record.exc_info and record.exc_info[0]:
            import traceback

            kind, error, trace = record.exc_info
            line.update(stackTrace=traceback.format_list(traceback.extract_tb(trace)), errorType=kind.__name__, errorMessage=str(error))
            line["location"] = "%s:%s:%s" % (record.pathname, record.funcName, record.lineno)
        line.update((name, value) for name, value in vars(record).items() if name not in self.USUAL)
        if record.aws_request_id:
            line["requestId"] = record.aws_request_id
        return json.dumps(line, ensure_ascii=False, default=str) + "\n"


def set_up_logging():
    if JSON_LOG:
        handler = LambdaLogHandler()
        handler.setFormatter(JsonFormatter())
        logging.getLogger().addHandler(handler)
        level = os.environ.get("AWS_LAMBDA_LOG_LEVEL", "INFO")
        logging.getLogger().setLevel({"TRACE": "NOTSET", "FATAL": "CRITICAL"}.get(level, level))
        return
    formatter = logging.Formatter(
        "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s\n", "%Y-%m-%dT%H:%M:%S"
    )
    formatter.converter = time.gmtime
    handler = LambdaLogHandler()
    handler.setFormatter(formatter)
    logging.getLogger().addHandler(handler)


def load_handler(name):
    try:
        module_name, function_name = name.rsplit(".", 1)
    except ValueError as error:
        raise Fault("Runtime.MalformedHandlerName", "Bad handler '%s': %s" % (name, error))
    module_path = module_name.replace("/", ".")
    if module_path.split(".")[0] in sys.builtin_module_names:
        raise Fault("Runtime.BuiltInModuleConflict", "Cannot use built-in module %s as a handler module" % module_name)
    try:
        from importlib import import_module

        module = import_module(module_path)
    except ImportError as error:
        if error.name in ("boto3", "botocore"):
            write_frame("boto3 is not installed for this Python. Run `npm run sandbox -- --install-boto3` once, or put it into the deployment package.\n")
        raise Fault("Runtime.ImportModuleError", "Unable to import module '%s': %s" % (module_name, error))
    except SyntaxError as error:
        trace = ['  File "%s" Line %s\n    %s' % (error.filename, error.lineno, (error.text or "").rstrip())]
        raise Fault("Runtime.UserCodeSyntaxError", "Syntax error in module '%s': %s" % (module_name, error), trace)
    if not hasattr(module, function_name):
        raise Fault("Runtime.HandlerNotFound", "Handler '%s' missing on module '%s'" % (function_name, module_name))
    return getattr(module, function_name)


def describe(error):
    """The body of an error as callers of the function see it."""
    body = {"errorMessage": str(error), "errorType": type(error).__name__, "requestId": STATE["request_id"] or ""}
    if isinstance(error, Fault):
        return {**body, "errorType": error.error_type, "stackTrace": error.trace}
    import traceback

    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename != __file__ and "<frozen importlib" not in f.filename]
    return {**body, "stackTrace": traceback.format_list(frames)}


def log_error(error):
    if JSON_LOG:
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        write_frame(json.dumps({"timestamp": now, "log_level": "ERROR", **error}, ensure_ascii=False) + "\n")
        return
    trace = "".join(error["stackTrace"])
    write_frame("[ERROR] %s: %s\nTraceback (most recent call last):\n%s" % (error["errorType"], error["errorMessage"], trace))


def serialize(value):
    try:
        return json.dumps(value, default=decimal_to_number, ensure_ascii=False).encode("utf-8", "surrogatepass")
    except (TypeError, ValueError) as error:
        raise Fault("Runtime.MarshalError", "Unable to marshal response: %s" % error)


def decimal_to_number(value):
    if type(value).__name__ == "Decimal":
        return float(value)
    raise TypeError("Object of type %s is not JSON serializable" % type(value).__name__)


def forward(port, path):
    """A loopback port that leads to a Unix socket: the way out of an environment without a network of its own."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    listener.listen(64)
    start_thread(accept_all, listener, path)


def accept_all(listener, path):
    while True:
        client, _ = listener.accept()
        server = socket.socket(socket.AF_UNIX)
        try:
            server.connect(path)
        except OSError:
            client.close()
            continue
        start_thread(pump, client, server)
        start_thread(pump, server, client)


def pump(source, target):
    try:
        while True:
            chunk = source.recv(65536)
            if not chunk:
                break
            target.sendall(chunk)
    except OSError:
        pass
    try:
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def start_thread(work, *args):
    # A bare thread, invisible to the threading module: a handler that counts or joins threads sees only its own.
    from _thread import start_new_thread

    start_new_thread(work, args)


def main():
    # Layers stand behind the function's own code and before everything else, whatever PYTHONPATH says.
    sys.path[:1] = [os.environ["LAMBDA_TASK_ROOT"], *START.get("modules", [])]
    client = RuntimeClient(START["socket"])
    for port, path in START.get("forward", {}).items():
        forward(int(port), path)
    set_up_logging()
    try:
        handler = load_handler(os.environ["_HANDLER"])
    except Exception as error:
        body = describe(error)
        log_error(body)
        client.error("/init/error", body)
        client.read()
        sys.exit(1)
    headers, body = client.next()
    while True:
        request_id = headers["lambda-runtime-aws-request-id"]
        STATE["request_id"] = request_id
        os.environ["_X_AMZN_TRACE_ID"] = headers.get("lambda-runtime-trace-id", "")
        try:
            answer = serialize(handler(json.loads(body), LambdaContext(headers)))
        except Exception as error:
            failure = describe(error)
            log_error(failure)
            client.error("/invocation/%s/error" % request_id, failure)
        else:
            client.respond(request_id, answer)
        headers, body = client.next()


main()
