"""Query and Scan through the low-level client and its paginators."""

from checks import create_ballots, expect, fill, invalid, key, numbers, part_of

PARTS = {}
part = part_of(PARTS)

ARCHON = {
    "KeyConditionExpression": "election = :e",
    "ExpressionAttributeValues": {":e": {"S": "archon"}},
}


@part
def query(client, resource):
    create_ballots(client, "query")
    fill(client, "query")
    found = client.query(TableName="query", **ARCHON)
    expect(numbers(found["Items"]), [1, 2, 3, 4, 5])
    expect((found["Count"], found["ScannedCount"]), (5, 5))
    expect("LastEvaluatedKey" in found, False)
    backward = client.query(TableName="query", **ARCHON, ScanIndexForward=False, Limit=2)
    expect(numbers(backward["Items"]), [5, 4])
    expect(backward["LastEvaluatedKey"], key(4))
    rest = client.query(
        TableName="query", **ARCHON, ScanIndexForward=False, ExclusiveStartKey=key(4)
    )
    expect(numbers(rest["Items"]), [3, 2, 1])
    for condition, expected in (
        ("ballot = :a", [2]),
        ("ballot < :b", [1, 2, 3]),
        ("ballot >= :b", [4, 5]),
        ("ballot BETWEEN :a AND :b", [2, 3, 4]),
    ):
        values = {":e": {"S": "archon"}, ":a": {"N": "2"}, ":b": {"N": "4"}}
        used = {name: value for name, value in values.items() if name == ":e" or name in condition}
        some = client.query(
            TableName="query",
            KeyConditionExpression="election = :e AND " + condition,
            ExpressionAttributeValues=used,
        )
        expect((condition, numbers(some["Items"])), (condition, expected))


@part
def query_filters(client, resource):
    create_ballots(client, "query-filters")
    fill(client, "query-filters")
    filtered = client.query(
        TableName="query-filters",
        KeyConditionExpression="#e = :e",
        FilterExpression="candidate = :c AND NOT #w BETWEEN :low AND :high",
        ProjectionExpression="ballot, #w",
        ExpressionAttributeNames={"#e": "election", "#w": "weight"},
        ExpressionAttributeValues={
            ":e": {"S": "archon"},
            ":c": {"S": "Solon"},
            ":low": {"N": "20"},
            ":high": {"N": "40"},
        },
        ReturnConsumedCapacity="TOTAL",
    )
    expect(
        filtered["Items"],
        [
            {"ballot": {"N": "1"}, "weight": {"N": "10"}},
            {"ballot": {"N": "5"}, "weight": {"N": "50"}},
        ],
    )
    expect((filtered["Count"], filtered["ScannedCount"]), (2, 5))
    expect(filtered["ConsumedCapacity"], {"TableName": "query-filters", "CapacityUnits": 0.5})
    count = client.query(TableName="query-filters", **ARCHON, Select="COUNT", ConsistentRead=True)
    expect((count["Count"], "Items" in count), (5, False))


@part
def query_pages(client, resource):
    create_ballots(client, "query-pages")
    fill(client, "query-pages")
    paginator = client.get_paginator("query")
    for forward in (True, False):
        pages = list(
            paginator.paginate(
                TableName="query-pages",
                **ARCHON,
                ScanIndexForward=forward,
                PaginationConfig={"PageSize": 2},
            )
        )
        expect([page["Count"] for page in pages], [2, 2, 1])
        found = [number for page in pages for number in numbers(page["Items"])]
        expect(found, [1, 2, 3, 4, 5] if forward else [5, 4, 3, 2, 1])
    empty = paginator.paginate(
        TableName="query-pages",
        KeyConditionExpression="election = :e",
        FilterExpression="attribute_not_exists(candidate)",
        ExpressionAttributeValues={":e": {"S": "archon"}},
        PaginationConfig={"PageSize": 1},
    ).build_full_result()
    expect((empty["Items"], empty["Count"], empty["ScannedCount"]), ([], 0, 5))
    # The paginator resumes where a token says.
    begun = paginator.paginate(
        TableName="query-pages", **ARCHON, PaginationConfig={"PageSize": 2, "MaxItems": 3}
    ).build_full_result()
    expect(numbers(begun["Items"]), [1, 2, 3])
    resumed = paginator.paginate(
        TableName="query-pages", **ARCHON, PaginationConfig={"StartingToken": begun["NextToken"]}
    ).build_full_result()
    expect(numbers(resumed["Items"]), [4, 5])


@part
def scan(client, resource):
    create_ballots(client, "scan")
    fill(client, "scan")
    every = client.scan(TableName="scan", ReturnConsumedCapacity="TOTAL")
    expect((every["Count"], every["ScannedCount"]), (7, 7))
    expect(every["ConsumedCapacity"], {"TableName": "scan", "CapacityUnits": 0.5})
    expect(len({(item["election"]["S"], item["ballot"]["N"]) for item in every["Items"]}), 7)
    paged = client.get_paginator("scan").paginate(
        TableName="scan", PaginationConfig={"PageSize": 2}
    )
    items = []
    for page in paged:
        expect(page["Count"] <= 2, True)
        items += page["Items"]
    expect(items, every["Items"])
    filtered = client.scan(
        TableName="scan",
        FilterExpression="begins_with(candidate, :d) AND ballot IN (:two, :four)",
        ProjectionExpression="weight",
        ExpressionAttributeValues={":d": {"S": "Dra"}, ":two": {"N": "2"}, ":four": {"N": "4"}},
    )
    expect(sorted(item["weight"]["N"] for item in filtered["Items"]), ["20", "20", "40"])
    expect(all(len(item) == 1 for item in filtered["Items"]), True)
    count = client.scan(TableName="scan", Select="COUNT")
    expect((count["Count"], "Items" in count), (7, False))


@part
def scan_segments(client, resource):
    create_ballots(client, "segments")
    for number in range(40):
        client.put_item(TableName="segments", Item=key(number, f"election-{number}"))
    found = []
    for segment in range(4):
        pages = client.get_paginator("scan").paginate(
            TableName="segments",
            Segment=segment,
            TotalSegments=4,
            PaginationConfig={"PageSize": 3},
        )
        found += [number for page in pages for number in numbers(page["Items"])]
    expect(sorted(found), list(range(40)))


@part
def query_errors(client, resource):
    create_ballots(client, "query-errors")
    invalid(
        client.query,
        "Either the KeyConditions or KeyConditionExpression parameter must be specified"
        " in the request.",
        TableName="query-errors",
    )
    invalid(
        client.query,
        "Query condition missed key schema element: election",
        TableName="query-errors",
        KeyConditionExpression="ballot = :b",
        ExpressionAttributeValues={":b": {"N": "1"}},
    )
    invalid(
        client.query,
        "Filter Expression can only contain non-primary key attributes:"
        " Primary key attribute: ballot",
        TableName="query-errors",
        **{**ARCHON, "FilterExpression": "ballot <> :e"},
    )
    invalid(
        client.scan,
        "The Segment parameter is required but was not present in the request when parameter"
        " TotalSegments is present",
        TableName="query-errors",
        TotalSegments=2,
    )
