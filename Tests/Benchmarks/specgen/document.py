"""The made-up specification that the benchmark measures: 100 resources, each with 10 operations and 15 schemas."""

RESOURCES = 100
FIRST = ["Account", "Billing", "Cargo", "Delivery", "Employee", "Factory", "Goods", "Hotel", "Invoice", "Journey"]
SECOND = ["Address", "Batch", "Claim", "Draft", "Entry", "Folder", "Group", "Hold", "Issue", "Job"]


def names():
    return [first + second for first in FIRST for second in SECOND][:RESOURCES]


HEAD = """\
openapi: 3.1.0
info: {title: Scale, version: 1.0.0, description: Made up to be measured.}
security:
  - bearer: []
components:
  securitySchemes:
    bearer: {type: http, scheme: bearer}
"""

OPERATIONS = """\
  /NAMES:
    get:
      operationId: listNAMEs
      tags: [NAME]
      summary: A page of them
      parameters:
        - {name: status, in: query, description: Only those., schema: {$ref: '#/components/schemas/NAMEStatus'}}
        - {name: limit, in: query, description: At most., schema: {type: integer, minimum: 1, maximum: 200, default: 50}}
        - {name: cursor, in: query, description: From the page before., schema: {type: string, maxLength: 256}}
      responses:
        '200': {description: The page., content: {application/json: {schema: {$ref: '#/components/schemas/NAMEPage'}}}}
        default: {$ref: '#/components/responses/Problem'}
    post:
      operationId: createNAME
      tags: [NAME]
      summary: Makes one
      requestBody:
        {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/NAMECreation'}}}}
      responses:
        '201': {description: The new one., content: {application/json: {schema: {$ref: '#/components/schemas/NAME'}}}}
        default: {$ref: '#/components/responses/Problem'}
  /NAMES/import:
    post:
      operationId: importNAMEs
      tags: [NAME]
      summary: Makes many
      requestBody:
        {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/NAMEImport'}}}}
      responses:
        '202': {description: Begun., content: {application/json: {schema: {$ref: '#/components/schemas/NAMEReport'}}}}
        default: {$ref: '#/components/responses/Problem'}
  /NAMES/{id}:
    parameters:
      - {name: id, in: path, required: true, description: Its id., schema: {type: string, format: uuid}}
    get:
      operationId: getNAME
      tags: [NAME]
      summary: One of them
      responses:
        '200': {description: It., content: {application/json: {schema: {$ref: '#/components/schemas/NAME'}}}}
        default: {$ref: '#/components/responses/Problem'}
    put:
      operationId: replaceNAME
      tags: [NAME]
      summary: Puts another in its place
      requestBody:
        {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/NAMECreation'}}}}
      responses:
        '200': {description: As saved., content: {application/json: {schema: {$ref: '#/components/schemas/NAME'}}}}
        default: {$ref: '#/components/responses/Problem'}
    patch:
      operationId: updateNAME
      tags: [NAME]
      summary: Changes some of it
      requestBody:
        {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/NAMEChange'}}}}
      responses:
        '200': {description: As saved., content: {application/json: {schema: {$ref: '#/components/schemas/NAME'}}}}
        default: {$ref: '#/components/responses/Problem'}
    delete:
      operationId: deleteNAME
      tags: [NAME]
      summary: Takes it away
      responses:
        '204': {description: Gone.}
        default: {$ref: '#/components/responses/Problem'}
  /NAMES/{id}/events:
    get:
      operationId: listNAMEEvents
      tags: [NAME]
      summary: What happened to it
      parameters:
        - {name: id, in: path, required: true, description: Its id., schema: {type: string, format: uuid}}
        - {name: since, in: query, description: Only later ones., schema: {type: string, format: date-time}}
      responses:
        '200': {description: The page., content: {application/json: {schema: {$ref: '#/components/schemas/NAMEEventPage'}}}}
        default: {$ref: '#/components/responses/Problem'}
  /NAMES/{id}/settings:
    parameters:
      - {name: id, in: path, required: true, description: Its id., schema: {type: string, format: uuid}}
    get:
      operationId: getNAMESettings
      tags: [NAME]
      summary: Its settings
      responses:
        '200': {description: They., content: {application/json: {schema: {$ref: '#/components/schemas/NAMESettings'}}}}
        default: {$ref: '#/components/responses/Problem'}
    put:
      operationId: replaceNAMESettings
      tags: [NAME]
      summary: Puts others in their place
      requestBody:
        {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/NAMESettings'}}}}
      responses:
        '200': {description: As saved., content: {application/json: {schema: {$ref: '#/components/schemas/NAMESettings'}}}}
        default: {$ref: '#/components/responses/Problem'}
"""

RESPONSES = """\
  responses:
    Problem:
      description: What went wrong.
      content: {application/problem+json: {schema: {$ref: '#/components/schemas/Problem'}}}
  schemas:
    Problem:
      description: RFC 9457.
      type: object
      properties:
        type: {type: string}
        title: {type: string}
        status: {type: integer}
        detail: {type: string}
        code: {type: string}
        request_id: {type: string}
"""

SCHEMAS = """\
    NAMEStatus: {description: Where it stands., type: string, enum: [open, running, waiting, done, failed]}
    NAMEPlace:
      description: Where it is.
      type: object
      required: [street, city, country]
      properties:
        street: {type: string, minLength: 1, maxLength: 200}
        city: {type: string, minLength: 1, maxLength: 100}
        postcode: {type: string, maxLength: 20, pattern: '^[A-Z0-9 -]*$'}
        country: {type: string, minLength: 2, maxLength: 2, pattern: '^[A-Z]{2}$'}
        latitude: {type: number, minimum: -90, maximum: 90}
        longitude: {type: number, minimum: -180, maximum: 180}
    NAMEPart:
      description: One of its parts.
      type: object
      required: [id, label, amount]
      properties:
        id: {type: string, format: uuid}
        label: {type: string, maxLength: 100}
        amount: {type: integer, minimum: 0, maximum: 1000000}
        price: {type: number, minimum: 0}
        tags: {type: array, maxItems: 20, items: {type: string, maxLength: 40}}
    NAMEPerson:
      description: Who works on it.
      type: object
      required: [id, name]
      properties:
        id: {type: string, format: uuid}
        name: {type: string, minLength: 1, maxLength: 100}
        email: {type: [string, 'null'], format: email, maxLength: 254}
        joined_at: {type: string, format: date-time}
    NAME:
      description: The resource.
      type: object
      required: [id, name, status, place, parts, created_at, updated_at]
      properties:
        id: {type: string, format: uuid}
        name: {type: string, minLength: 1, maxLength: 200}
        note: {type: [string, 'null'], maxLength: 4000}
        status: {$ref: '#/components/schemas/NAMEStatus'}
        place: {$ref: '#/components/schemas/NAMEPlace'}
        parts: {type: array, maxItems: 500, items: {$ref: '#/components/schemas/NAMEPart'}}
        owner: {$ref: '#/components/schemas/NAMEPerson'}
        labels: {type: object, additionalProperties: {type: string, maxLength: 100}}
        due_on: {type: [string, 'null'], format: date}
        total: {type: number, minimum: 0}
        is_public: {type: boolean, default: false}
        created_at: {type: string, format: date-time}
        updated_at: {type: string, format: date-time}
    NAMECreation:
      description: A new one.
      type: object
      additionalProperties: false
      required: [name, place]
      properties:
        name: {type: string, minLength: 1, maxLength: 200}
        note: {type: [string, 'null'], maxLength: 4000}
        place: {$ref: '#/components/schemas/NAMEPlace'}
        parts: {type: array, maxItems: 500, items: {$ref: '#/components/schemas/NAMEPart'}}
        due_on: {type: [string, 'null'], format: date}
    NAMEChange:
      description: New values.
      type: object
      additionalProperties: false
      properties:
        name: {type: string, minLength: 1, maxLength: 200}
        note: {type: [string, 'null'], maxLength: 4000}
        status: {$ref: '#/components/schemas/NAMEStatus'}
        place: {$ref: '#/components/schemas/NAMEPlace'}
    NAMEPage:
      description: A page.
      type: object
      required: [items, next_cursor]
      properties:
        items: {type: array, items: {$ref: '#/components/schemas/NAME'}}
        next_cursor: {type: [string, 'null']}
    NAMEMoved:
      description: It was moved.
      type: object
      required: [kind, from, to]
      properties:
        kind: {type: string, const: moved}
        from: {$ref: '#/components/schemas/NAMEPlace'}
        to: {$ref: '#/components/schemas/NAMEPlace'}
    NAMEAssigned:
      description: It was given to somebody.
      type: object
      required: [kind, person]
      properties:
        kind: {type: string, const: assigned}
        person: {$ref: '#/components/schemas/NAMEPerson'}
    NAMEEvent:
      description: What happened to it.
      oneOf:
        - $ref: '#/components/schemas/NAMEMoved'
        - $ref: '#/components/schemas/NAMEAssigned'
    NAMEEventPage:
      description: A page of what happened.
      type: object
      required: [items]
      properties:
        items: {type: array, items: {$ref: '#/components/schemas/NAMEEvent'}}
        next_cursor: {type: [string, 'null']}
    NAMESettings:
      description: Its settings.
      type: object
      required: [notify, interval]
      properties:
        notify: {type: boolean}
        interval: {type: integer, minimum: 1, maximum: 86400, default: 60}
        channels: {type: array, uniqueItems: true, items: {type: string, enum: [mail, page, log]}}
        threshold: {type: number, exclusiveMinimum: 0}
    NAMEImport:
      description: Many new ones.
      type: object
      additionalProperties: false
      required: [items]
      properties:
        items: {type: array, minItems: 1, maxItems: 1000, items: {$ref: '#/components/schemas/NAMECreation'}}
        dry_run: {type: boolean, default: false}
    NAMEReport:
      description: How it went.
      type: object
      required: [accepted, refused]
      properties:
        accepted: {type: integer, minimum: 0}
        refused: {type: integer, minimum: 0}
        first: {$ref: '#/components/schemas/NAME'}
"""


def text():
    """The specification: 1,000 operations, and 1,501 schemas with the one that tells faults."""
    tags = "tags:\n" + "".join(f"  - {{name: {name}, description: 'All of {name}.'}}\n" for name in names())
    paths = "paths:\n" + "".join(OPERATIONS.replace("NAME", name) for name in names())
    schemas = "".join(SCHEMAS.replace("NAME", name) for name in names())
    return HEAD + RESPONSES + schemas + tags + paths


if __name__ == "__main__":
    print(text(), end="")
