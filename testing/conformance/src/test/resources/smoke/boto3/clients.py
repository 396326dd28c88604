"""Tables and single items through the low-level client."""

import time

import boto3
from botocore.exceptions import ClientError

from checks import create_ballots, expect, invalid, key, part_of, read, refused

PARTS = {}
part = part_of(PARTS)


@part
def tables(client, resource):
    names = ["tables-a", "tables-b", "tables-c"]
    for name in names:
        create_ballots(client, name)
    described = client.describe_table(TableName="tables-a")["Table"]
    expect(described["TableStatus"], "ACTIVE")
    expect(described["BillingModeSummary"]["BillingMode"], "PAY_PER_REQUEST")
    expect([element["KeyType"] for element in described["KeySchema"]], ["HASH", "RANGE"])
    expect(described["CreationDateTime"].tzinfo is not None, True)

    pages = client.get_paginator("list_tables").paginate(PaginationConfig={"PageSize": 2})
    listed = [name for page in pages for name in page["TableNames"]]
    expect([name for name in listed if name.startswith("tables-")], names)

    throughput = {"ReadCapacityUnits": 5, "WriteCapacityUnits": 4}
    client.update_table(
        TableName="tables-a", BillingMode="PROVISIONED", ProvisionedThroughput=throughput
    )
    client.get_waiter("table_exists").wait(TableName="tables-a", WaiterConfig={"Delay": 1})
    updated = client.describe_table(TableName="tables-a")["Table"]["ProvisionedThroughput"]
    expect({name: updated[name] for name in throughput}, throughput)

    in_use = client.exceptions.ResourceInUseException
    refused(in_use, create_ballots, client=client, name="tables-a")
    for name in names:
        expect(client.delete_table(TableName=name)["TableDescription"]["TableName"], name)
        client.get_waiter("table_not_exists").wait(TableName=name, WaiterConfig={"Delay": 1})
    refused(
        client.exceptions.ResourceNotFoundException,
        client.describe_table,
        "Requested resource not found: Table: tables-a not found",
        TableName="tables-a",
    )


@part
def time_to_live(client, resource):
    create_ballots(client, "expiring")
    expiry = {"Enabled": True, "AttributeName": "expires"}
    described = client.describe_time_to_live(TableName="expiring")["TimeToLiveDescription"]
    expect(described, {"TimeToLiveStatus": "DISABLED"})
    enabled = client.update_time_to_live(TableName="expiring", TimeToLiveSpecification=expiry)
    expect(enabled["TimeToLiveSpecification"], expiry)
    now = int(time.time())
    for ballot, expires in ((1, now - 60), (2, now + 3600)):
        client.put_item(
            TableName="expiring", Item={**key(ballot), "expires": {"N": str(expires)}}
        )
    deadline = time.monotonic() + 60
    while read(client, "expiring", 1) is not None:
        expect(time.monotonic() < deadline, True)
    expect(read(client, "expiring", 2)["expires"], {"N": str(now + 3600)})
    described = client.describe_time_to_live(TableName="expiring")["TimeToLiveDescription"]
    expect(described, {"TimeToLiveStatus": "ENABLED", "AttributeName": "expires"})
    invalid(
        client.update_time_to_live,
        "TimeToLive is already enabled",
        TableName="expiring",
        TimeToLiveSpecification=expiry,
    )


@part
def tags(client, resource):
    create_ballots(client, "tags")
    table = client.describe_table(TableName="tags")["Table"]
    arn = table["TableArn"]
    client.tag_resource(
        ResourceArn=arn, Tags=[{"Key": "team", "Value": "blue"}, {"Key": "é", "Value": ""}]
    )
    client.untag_resource(ResourceArn=arn, TagKeys=["é", "absent"])
    listed = client.list_tags_of_resource(ResourceArn=arn)
    expect(listed["Tags"], [{"Key": "team", "Value": "blue"}])
    expect("NextToken" in listed, False)
    missing = arn + "-missing"
    refused(
        client.exceptions.ResourceNotFoundException,
        client.list_tags_of_resource,
        f"Requested resource not found: ResourceArn: {missing} not found",
        ResourceArn=missing,
    )


@part
def what_tools_read(client, resource):
    create_ballots(client, "read")
    backups = client.describe_continuous_backups(TableName="read")["ContinuousBackupsDescription"]
    recovery = backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"]
    expect((backups["ContinuousBackupsStatus"], recovery), ("ENABLED", "DISABLED"))
    insights = client.describe_contributor_insights(TableName="read")
    expect(insights["ContributorInsightsStatus"], "DISABLED")
    destinations = client.describe_kinesis_streaming_destination(TableName="read")
    expect(destinations["KinesisDataStreamDestinations"], [])
    refused(
        client.exceptions.TableNotFoundException,
        client.describe_continuous_backups,
        "Table not found: missing",
        TableName="missing",
    )


@part
def attribute_types(client, resource):
    create_ballots(client, "types")
    values = {
        "text": {"S": "Ὄστρακον \U0001f5f3 \"'\\ \n"},
        "number": {"N": "-12345678901234567890.123456789"},
        "binary": {"B": bytes(range(256))},
        "yes": {"BOOL": True},
        "nothing": {"NULL": True},
        "list": {"L": [{"N": "1"}, {"S": ""}, {"L": []}, {"M": {}}]},
        "map": {"M": {"deep": {"M": {"er": {"BOOL": False}}}, "a b": {"B": b""}}},
        "texts": {"SS": ["a", "b", ""]},
        "numbers": {"NS": ["1", "-2.5", "3E+100"]},
        "binaries": {"BS": [b"\x00", b"\xff"]},
    }
    client.put_item(TableName="types", Item={**key(1), **values})
    back = read(client, "types", 1)
    for set_type, name in (("SS", "texts"), ("BS", "binaries")):
        expect(sorted(back.pop(name)[set_type]), sorted(values.pop(name)[set_type]))
    written = sorted(map(float, values.pop("numbers")["NS"]))
    expect(sorted(map(float, back.pop("numbers")["NS"])), written)
    expect(back, values)
    expect(read(client, "types", 2), None)


@part
def conditions(client, resource):
    create_ballots(client, "conditions")
    cast = {
        "TableName": "conditions",
        "Item": {**key(1), "candidate": {"S": "Solon"}},
        "ConditionExpression": "attribute_not_exists(ballot)",
    }
    client.put_item(**cast)
    failed = client.exceptions.ConditionalCheckFailedException
    refused(failed, client.put_item, "The conditional request failed", **cast)
    for_another = {
        "ConditionExpression": "#c = :c AND size(#c) > :n",
        "ExpressionAttributeNames": {"#c": "candidate"},
        "ExpressionAttributeValues": {":c": {"S": "Drakon"}, ":n": {"N": "2"}},
    }
    refused(failed, client.delete_item, TableName="conditions", Key=key(1), **for_another)
    expect(read(client, "conditions", 1), {"candidate": {"S": "Solon"}})

    # Older versions of boto3 do not know this parameter.
    put = client.meta.service_model.operation_model("PutItem").input_shape.members
    if "ReturnValuesOnConditionCheckFailure" in put:
        refusal = refused(
            failed, client.put_item, **cast, ReturnValuesOnConditionCheckFailure="ALL_OLD"
        )
        expect(refusal.response["Item"], cast["Item"])
    else:
        print("SKIPPED: ReturnValuesOnConditionCheckFailure: boto3", boto3.__version__, "lacks it")

    for_another["ExpressionAttributeValues"][":c"] = {"S": "Solon"}
    client.delete_item(TableName="conditions", Key=key(1), **for_another)
    expect(read(client, "conditions", 1), None)


@part
def updates(client, resource):
    create_ballots(client, "updates")
    first = client.update_item(
        TableName="updates",
        Key=key(1),
        UpdateExpression="SET tally = if_not_exists(tally, :zero) + :one, choices = :none"
        " ADD tags :tags",
        ExpressionAttributeValues={
            ":zero": {"N": "0"},
            ":one": {"N": "1"},
            ":none": {"L": []},
            ":tags": {"SS": ["clay"]},
        },
        ReturnValues="ALL_NEW",
    )
    expect(
        first["Attributes"],
        {**key(1), "tally": {"N": "1"}, "choices": {"L": []}, "tags": {"SS": ["clay"]}},
    )
    second = client.update_item(
        TableName="updates",
        Key=key(1),
        UpdateExpression="SET #c = list_append(#c, :more) REMOVE tags ADD tally :two",
        ConditionExpression="tally = :one",
        ExpressionAttributeNames={"#c": "choices"},
        ExpressionAttributeValues={
            ":more": {"L": [{"S": "Solon"}]},
            ":one": {"N": "1"},
            ":two": {"N": "2"},
        },
        ReturnValues="UPDATED_NEW",
    )
    expect(second["Attributes"], {"tally": {"N": "3"}, "choices": {"L": [{"S": "Solon"}]}})
    third = client.update_item(
        TableName="updates",
        Key=key(1),
        UpdateExpression="SET choices[0] = :name",
        ExpressionAttributeValues={":name": {"S": "Drakon"}},
        ReturnValues="ALL_OLD",
        ReturnConsumedCapacity="TOTAL",
    )
    expect(third["Attributes"], {**key(1), **second["Attributes"]})
    expect(third["ConsumedCapacity"], {"TableName": "updates", "CapacityUnits": 1.0})
    deleted = client.delete_item(TableName="updates", Key=key(1), ReturnValues="ALL_OLD")
    expect(deleted["Attributes"]["choices"], {"L": [{"S": "Drakon"}]})
    expect("Attributes" in client.delete_item(TableName="updates", Key=key(1)), False)


@part
def errors(client, resource):
    create_ballots(client, "errors")
    refused(
        client.exceptions.ResourceNotFoundException,
        client.get_item,
        "Requested resource not found",
        TableName="nowhere",
        Key=key(1),
    )
    invalid(
        client.get_item,
        "The provided key element does not match the schema",
        TableName="errors",
        Key={"election": {"S": "archon"}},
    )
    invalid(
        client.put_item,
        "One or more parameter values were invalid: Missing the key ballot in the item",
        TableName="errors",
        Item={"election": {"S": "archon"}},
    )
    invalid(
        client.update_item,
        "Invalid UpdateExpression: Syntax error; token:",
        TableName="errors",
        Key=key(1),
        UpdateExpression="SET = 1",
    )
    no_number = {**key(1), "n": {"N": "seven"}}
    refusal = refused(ClientError, client.put_item, TableName="errors", Item=no_number)
    expect(refusal.response["Error"]["Code"], "ValidationException")
    expect(refusal.operation_name, "PutItem")
    expect(len(refusal.response["ResponseMetadata"]["RequestId"]) > 0, True)
