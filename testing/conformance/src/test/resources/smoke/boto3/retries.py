"""Throttled requests go through by the client's own retries with back-off."""

import os

import boto3
from botocore.config import Config

from checks import expect, part_of, refused

PARTS = {}
part = part_of(PARTS)


@part
def retries(client, resource):
    client.create_table(
        TableName="retries",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        ProvisionedThroughput={"ReadCapacityUnits": 1, "WriteCapacityUnits": 1},
        Tags=[{"Key": "ostraka:capacity", "Value": "enforce"}],
    )
    client.get_waiter("table_exists").wait(TableName="retries", WaiterConfig={"Delay": 1})

    # Without retries the table refuses what exceeds one write a second.
    def puts():
        for number in range(100):
            client.put_item(TableName="retries", Item={"id": {"S": f"lost-{number}"}})

    retrying = boto3.session.Session().client(
        "dynamodb",
        endpoint_url=os.environ["AWS_ENDPOINT_URL"],
        config=Config(retries={"mode": "standard", "total_max_attempts": 12}),
    )
    # On a slow machine there may be room again between the refusal and the next put.
    for number in range(20):
        refused(client.exceptions.ProvisionedThroughputExceededException, puts)
        answer = retrying.put_item(TableName="retries", Item={"id": {"S": f"kept-{number}"}})
        if answer["ResponseMetadata"]["RetryAttempts"] > 0:
            break
    expect(answer["ResponseMetadata"]["RetryAttempts"] > 0, True)
    read = retrying.get_item(
        TableName="retries", Key={"id": {"S": f"kept-{number}"}}, ConsistentRead=True
    )
    expect(read["Item"], {"id": {"S": f"kept-{number}"}})
