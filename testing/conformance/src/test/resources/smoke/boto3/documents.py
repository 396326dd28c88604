"""The resource interface, which converts items to Python's own types and back."""

from decimal import Decimal

from boto3.dynamodb.conditions import Attr, Key
from boto3.dynamodb.types import Binary

from checks import create_ballots, expect, part_of, refused

PARTS = {}
part = part_of(PARTS)


def cast(table):
    with_names = (("Solon", 30), ("Drakon", 10), ("Solon", 20), ("Kleisthenes", 40))
    for number, (candidate, weight) in enumerate(with_names, start=1):
        item = {"election": "archon", "ballot": number, "candidate": candidate, "weight": weight}
        table.put_item(Item=item)


@part
def documents(client, resource):
    create_ballots(client, "documents")
    table = resource.Table("documents")
    item = {
        "election": "archon",
        "ballot": 1,
        "weight": Decimal("0.1"),
        "valid": True,
        "remark": None,
        "seal": b"\x00\x01",
        "choices": ["Solon", {"second": "Drakon"}, 3],
        "witnesses": {"Kleon", "Nikias"},
        "rounds": {Decimal("1"), Decimal("2")},
        "seals": {b"\x02", b"\x03"},
    }
    table.put_item(Item=item)
    back = table.get_item(Key={"election": "archon", "ballot": 1})["Item"]
    expect(back.pop("seal"), Binary(item.pop("seal")))
    expect({bytes(seal) for seal in back.pop("seals")}, item.pop("seals"))
    expect(back, item)
    expect(isinstance(back["ballot"], Decimal), True)
    expect(table.table_status, "ACTIVE")
    expect("documents" in [known.name for known in resource.tables.all()], True)


@part
def document_conditions(client, resource):
    create_ballots(client, "document-conditions")
    table = resource.Table("document-conditions")
    cast(table)
    refused(
        client.exceptions.ConditionalCheckFailedException,
        table.put_item,
        Item={"election": "archon", "ballot": 1},
        ConditionExpression=Attr("election").not_exists() & Attr("ballot").not_exists(),
    )
    updated = table.update_item(
        Key={"election": "archon", "ballot": 1},
        UpdateExpression="SET weight = weight - :less",
        ConditionExpression=Attr("weight").gte(30) & ~Attr("candidate").is_in(["Drakon"]),
        ExpressionAttributeValues={":less": Decimal("0.5")},
        ReturnValues="UPDATED_NEW",
    )
    expect(updated["Attributes"], {"weight": Decimal("29.5")})
    deleted = table.delete_item(Key={"election": "archon", "ballot": 1}, ReturnValues="ALL_OLD")
    expect(deleted["Attributes"]["candidate"], "Solon")


@part
def document_queries(client, resource):
    create_ballots(client, "document-queries")
    table = resource.Table("document-queries")
    cast(table)
    found = table.query(
        KeyConditionExpression=Key("election").eq("archon") & Key("ballot").between(2, 4),
        FilterExpression=Attr("candidate").eq("Solon") | Attr("weight").lt(15),
        ScanIndexForward=False,
    )
    expect([item["ballot"] for item in found["Items"]], [3, 2])
    expect(found["ScannedCount"], 3)
    heavy = table.scan(
        FilterExpression=Attr("candidate").begins_with("S")
        & Attr("weight").attribute_type("N")
        & Attr("candidate").size().gt(4)
        & Attr("candidate").contains("olo"),
        ProjectionExpression="weight",
    )
    expect(sorted(item["weight"] for item in heavy["Items"]), [20, 30])
    page = table.query(KeyConditionExpression=Key("election").eq("archon"), Limit=3)
    expect(page["LastEvaluatedKey"], {"election": "archon", "ballot": 3})
    rest = table.query(
        KeyConditionExpression=Key("election").eq("archon"),
        ExclusiveStartKey=page["LastEvaluatedKey"],
    )
    expect([item["ballot"] for item in rest["Items"]], [4])
