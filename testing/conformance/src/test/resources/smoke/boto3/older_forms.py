"""Requests in the form that preceded expressions, which applications still send."""

from checks import create_ballots, expect, fill, invalid, key, numbers, part_of, read, refused

PARTS = {}
part = part_of(PARTS)


def compare(operator, *values):
    return {"ComparisonOperator": operator, "AttributeValueList": list(values)}


@part
def older_projections(client, resource):
    create_ballots(client, "older-projections")
    fill(client, "older-projections")
    got = client.get_item(
        TableName="older-projections", Key=key(1), AttributesToGet=["candidate", "missing"]
    )
    expect(got["Item"], {"candidate": {"S": "Solon"}})


@part
def older_conditions(client, resource):
    create_ballots(client, "older-conditions")
    failed = client.exceptions.ConditionalCheckFailedException
    cast = {
        "TableName": "older-conditions",
        "Item": {**key(1), "candidate": {"S": "Solon"}, "weight": {"N": "10"}},
        "Expected": {"ballot": {"Exists": False}},
    }
    client.put_item(**cast)
    refused(failed, client.put_item, "The conditional request failed", **cast)
    drakon = {"candidate": {"Value": {"S": "Drakon"}}}
    refused(failed, client.delete_item, TableName="older-conditions", Key=key(1), Expected=drakon)
    either = {"candidate": compare("EQ", {"S": "Drakon"}), "weight": compare("GT", {"N": "5"})}
    refused(failed, client.delete_item, TableName="older-conditions", Key=key(1), Expected=either)
    client.delete_item(
        TableName="older-conditions", Key=key(1), Expected=either, ConditionalOperator="OR"
    )
    expect(read(client, "older-conditions", 1), None)
    invalid(
        client.put_item,
        "Can not use both expression and non-expression parameters in the same request:"
        " Non-expression parameters: {Expected} Expression parameters: {ConditionExpression}",
        **cast,
        ConditionExpression="attribute_exists(ballot)",
    )


@part
def older_updates(client, resource):
    create_ballots(client, "older-updates")
    client.put_item(
        TableName="older-updates",
        Item={
            **key(1),
            "tally": {"N": "1"},
            "tags": {"SS": ["clay", "thrown"]},
            "remark": {"S": "?"},
        },
    )
    updated = client.update_item(
        TableName="older-updates",
        Key=key(1),
        AttributeUpdates={
            "candidate": {"Value": {"S": "Solon"}},
            "tally": {"Value": {"N": "2"}, "Action": "ADD"},
            "tags": {"Value": {"SS": ["thrown"]}, "Action": "DELETE"},
            "remark": {"Action": "DELETE"},
        },
        Expected={"tally": compare("LE", {"N": "1"})},
        ReturnValues="ALL_NEW",
    )
    expect(
        updated["Attributes"],
        {**key(1), "candidate": {"S": "Solon"}, "tally": {"N": "3"}, "tags": {"SS": ["clay"]}},
    )


@part
def older_queries(client, resource):
    create_ballots(client, "older-queries")
    fill(client, "older-queries")
    found = client.query(
        TableName="older-queries",
        KeyConditions={
            "election": compare("EQ", {"S": "archon"}),
            "ballot": compare("BETWEEN", {"N": "2"}, {"N": "5"}),
        },
        QueryFilter={
            "candidate": compare("NE", {"S": "Drakon"}),
            "weight": compare("IN", {"N": "20"}, {"N": "30"}, {"N": "50"}),
        },
        AttributesToGet=["ballot"],
        ScanIndexForward=False,
    )
    expect(found["Items"], [{"ballot": {"N": "5"}}, {"ballot": {"N": "3"}}])
    expect(found["ScannedCount"], 4)
    scanned = client.scan(
        TableName="older-queries",
        ScanFilter={
            "candidate": compare("BEGINS_WITH", {"S": "Dra"}),
            "remark": compare("NOT_NULL"),
            "weight": compare("LT", {"N": "15"}),
        },
        ConditionalOperator="OR",
    )
    expect(sorted(numbers(scanned["Items"])), [1, 1, 2, 2, 4])
