"""Statements of PartiQL, with the resource interface's conversion of parameters and items."""

from decimal import Decimal

from checks import create_ballots, expect, part_of, refused

PARTS = {}
part = part_of(PARTS)

BALLOT = "INSERT INTO statements VALUE {'election': 'archon', 'ballot': ?, 'candidate': ?}"


def read(client, statement, **more):
    """All items, in pages of two."""
    items = []
    token = {}
    while True:
        page = client.execute_statement(Statement=statement, Limit=2, **token, **more)
        items += page["Items"]
        if "NextToken" not in page:
            return items
        token = {"NextToken": page["NextToken"]}


@part
def statements(client, resource):
    create_ballots(client, "statements")
    converting = resource.meta.client
    for number, candidate in enumerate(("Solon", "Drakon", "Solon"), start=1):
        expect(
            converting.execute_statement(Statement=BALLOT, Parameters=[number, candidate])["Items"],
            [],
        )
    refused(
        client.exceptions.DuplicateItemException,
        converting.execute_statement,
        Statement=BALLOT,
        Parameters=[1, "Solon"],
    )
    select = "SELECT ballot FROM statements WHERE election = 'archon' AND candidate = ?"
    found = read(converting, select, Parameters=["Solon"])
    expect(found, [{"ballot": Decimal(1)}, {"ballot": Decimal(3)}])
    expect(len(read(converting, "SELECT * FROM statements")), 3)


@part
def statement_batches(client, resource):
    create_ballots(client, "statement-batches")
    converting = resource.meta.client
    table = '"statement-batches"'
    key = "WHERE election = 'archon' AND ballot = 1"
    other = "WHERE election = 'archon' AND ballot = 2"
    insert = f"INSERT INTO {table} VALUE {{'election': 'archon', 'ballot': ?}}"
    converting.execute_transaction(
        TransactStatements=[{"Statement": insert, "Parameters": [number]} for number in (1, 2)]
    )
    cancelled = refused(
        client.exceptions.TransactionCanceledException,
        converting.execute_transaction,
        TransactStatements=[
            {"Statement": f"DELETE FROM {table} {key}"},
            {"Statement": insert, "Parameters": [2]},
        ],
    )
    reasons = cancelled.response["CancellationReasons"]
    expect([reason["Code"] for reason in reasons], ["None", "DuplicateItem"])
    answers = converting.batch_execute_statement(
        Statements=[
            {"Statement": f"UPDATE {table} SET weight = 7 {key} RETURNING ALL NEW *"},
            {"Statement": f"UPDATE {table} SET weight = 7 {other} AND weight = 8"},
        ]
    )["Responses"]
    expect(answers[0]["Item"]["weight"], Decimal(7))
    expect(answers[1]["Error"]["Code"], "ConditionalCheckFailed")
