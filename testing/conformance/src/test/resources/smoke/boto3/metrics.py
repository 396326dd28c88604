"""What CloudWatch's API says of the requests of a table."""

import datetime
import os
import uuid

import boto3
from botocore.exceptions import ClientError

from checks import create_ballots, expect, key, part_of, refused

PARTS = {}
part = part_of(PARTS)

# Metrics outlive their table: a name that was never used before counts only the puts of this run.
TABLE = f"metrics-{uuid.uuid4()}"

UNITS = {
    "Namespace": "AWS/DynamoDB",
    "MetricName": "ConsumedWriteCapacityUnits",
    "Dimensions": [{"Name": "TableName", "Value": TABLE}],
}


@part
def metrics(client, resource):
    create_ballots(client, TABLE)
    for ballot in range(5):
        client.put_item(TableName=TABLE, Item=key(ballot))
    cloudwatch = boto3.session.Session().client(
        "cloudwatch", endpoint_url=os.environ["AWS_ENDPOINT_URL"]
    )
    now = datetime.datetime.now(datetime.timezone.utc)
    range_ = {
        "StartTime": now - datetime.timedelta(hours=1),
        "EndTime": now + datetime.timedelta(hours=1),
    }
    listed = cloudwatch.get_paginator("list_metrics").paginate(
        Namespace="AWS/DynamoDB", Dimensions=[{"Name": "TableName", "Value": TABLE}]
    )
    names = {metric["MetricName"] for page in listed for metric in page["Metrics"]}
    expect({"ConsumedWriteCapacityUnits", "SuccessfulRequestLatency"} <= names, True)
    data = cloudwatch.get_metric_data(
        MetricDataQueries=[
            {"Id": "units", "MetricStat": {"Metric": UNITS, "Period": 60, "Stat": "Sum"}},
            {"Id": "doubled", "Expression": "SUM(METRICS()) * 2", "Label": "twice"},
        ],
        **range_,
    )
    totals = {each["Label"]: sum(each["Values"]) for each in data["MetricDataResults"]}
    expect(totals, {"ConsumedWriteCapacityUnits": 5.0, "twice": 10.0})
    expect(data["MetricDataResults"][0]["Timestamps"][0].tzinfo is not None, True)
    latency = cloudwatch.get_metric_statistics(
        Namespace="AWS/DynamoDB",
        MetricName="SuccessfulRequestLatency",
        Dimensions=[
            {"Name": "TableName", "Value": TABLE},
            {"Name": "Operation", "Value": "PutItem"},
        ],
        Period=7200,
        Statistics=["SampleCount", "Maximum"],
        **range_,
    )
    expect(sum(each["SampleCount"] for each in latency["Datapoints"]), 5.0)
    refusal = refused(
        ClientError,
        cloudwatch.get_metric_data,
        MetricDataQueries=[{"Id": "e1", "Expression": "m1 +"}],
        **range_,
    )
    expect(refusal.response["Error"]["Code"], "ValidationError")
