"""What every part uses: parts by name, expectations, and the table of ballots."""

from botocore.exceptions import ClientError


def part_of(parts):
    """A decorator that notes a function as a part under its own name."""

    def note(function):
        parts[function.__name__] = function
        return function

    return note


def expect(actual, expected):
    if actual != expected:
        raise AssertionError(f"expected {expected!r}\n     but was {actual!r}")


def refused(error, call, text="", **arguments):
    """Makes the call, which must be refused with this class of exception, and returns that."""
    try:
        answer = call(**arguments)
    except error as refusal:
        name = refusal.response["Error"]["Code"]
        # An error that the client has a class for carries the name of that class.
        if error is not ClientError:
            expect(name, error.__name__)
        message = refusal.response["Error"]["Message"]
        if text not in message:
            raise AssertionError(f"expected {text!r}\n     within {message!r}") from refusal
        expect(refusal.response["ResponseMetadata"]["HTTPStatusCode"], 400)
        return refusal
    raise AssertionError(f"expected {error.__name__}\n     but was {answer!r}")


def invalid(call, text, **arguments):
    """Makes the call, which must be refused as invalid with this text in its message."""
    refusal = refused(ClientError, call, text, **arguments)
    expect(refusal.response["Error"]["Code"], "ValidationException")


def create_ballots(client, name):
    """A table of ballots: the election is its hash key, the number of the ballot its sort key."""
    client.create_table(
        TableName=name,
        AttributeDefinitions=[
            {"AttributeName": "election", "AttributeType": "S"},
            {"AttributeName": "ballot", "AttributeType": "N"},
        ],
        KeySchema=[
            {"AttributeName": "election", "KeyType": "HASH"},
            {"AttributeName": "ballot", "KeyType": "RANGE"},
        ],
        BillingMode="PAY_PER_REQUEST",
    )
    client.get_waiter("table_exists").wait(
        TableName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 30}
    )


def key(ballot, election="archon"):
    return {"election": {"S": election}, "ballot": {"N": str(ballot)}}


def read(client, table, ballot):
    """The ballot as it is now, without its key, or None."""
    item = client.get_item(TableName=table, Key=key(ballot), ConsistentRead=True).get("Item")
    if item is None:
        return None
    return {name: value for name, value in item.items() if name not in ("election", "ballot")}


def fill(client, table):
    """Five ballots for archon and two for strategos; the weight is ten times the number."""
    for election, count in (("archon", 5), ("strategos", 2)):
        for number in range(1, count + 1):
            client.put_item(
                TableName=table,
                Item={
                    **key(number, election),
                    "candidate": {"S": "Solon" if number % 2 else "Drakon"},
                    "weight": {"N": str(10 * number)},
                },
            )


def numbers(items):
    return [int(item["ballot"]["N"]) for item in items]
