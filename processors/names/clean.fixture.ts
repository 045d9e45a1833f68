/*
 * Text of machines and of people who write about machines, in which nobody is named. Written apart from what the tagger
 * learns from. A blank line parts the texts.
 */
export const CLEAN: readonly string[] = `
2025-11-02T08:14:55.120Z ERROR [worker-3] PaymentGateway - Timeout while calling upstream, retrying in 500 ms

Nov 21 22:35:48 host01 systemd[1]: Started Daily apt download activities.

10.0.0.7 - - [21/Nov/2025:10:12:01 +0000] "POST /api/login HTTP/1.1" 401 532 "-" "Mozilla/5.0 (X11; Linux x86_64)"

INFO  o.s.b.w.embedded.tomcat.TomcatWebServer : Tomcat started on port(s): 8080 (http) with context path ''

WARN  Value -0.96 out of range for sensor 6033391

[INFO] Downloaded from central: maven-metadata.xml (3.1 kB at 24 kB/s)

panic: runtime error: index out of range [5] with length 3

goroutine 1 [running]: main.main() /tmp/sandbox/prog.go:8 +0x1d

Caused by: java.util.concurrent.TimeoutException: Future timed out after [5 seconds]

    at Object.<anonymous> (/app/test/Foo.test.js:12:9)

ModuleNotFoundError: No module named 'yaml'

E   AssertionError: assert 3 == 4

error[E0382]: borrow of moved value: \`buffer\`

warning: unused variable: \`Result\`

Segmentation fault (core dumped)

npm warn deprecated inflight@1.0.6: This module is not supported, and leaks memory.

Requirement already satisfied: numpy>=1.21 in ./venv/lib/python3.11/site-packages (1.26.4)

CONTAINER ID   IMAGE          COMMAND                  CREATED        STATUS        PORTS

NAME                     READY   STATUS    RESTARTS   AGE

const total = items.reduce((sum, item) => sum + item.price, 0)

export async function loadConfig(path: string): Promise<Config> {

public class OrderService implements Service<Order, Long> {

private final Map<String, List<Customer>> cache = new HashMap<>();

def __init__(self, model: Model, optimizer: Optimizer = None) -> None:

SELECT o.Id, c.Name FROM Orders o JOIN Customers c ON c.Id = o.CustomerId WHERE o.Total > 100;

if (user.isActive && !user.isLocked) return Status.Ok;

import { Button, Dialog, Tooltip } from "@/components/ui"

#include <vector>

std::unique_ptr<Node> root = std::make_unique<Node>(42);

let Some(value) = map.get(&key) else { continue };

@app.route('/users/<int:id>', methods=['GET'])

type Handler func(ctx Context, req *Request) (*Response, error)

{"level":"warn","logger":"HikariPool","message":"Connection is not available","active":10}

{"openapi":"3.0.0","info":{"title":"Orders API","version":"1.2.0"},"paths":{"/orders":{"get":{"summary":"List orders"}}}}

{"compilerOptions":{"target":"ES2022","module":"NodeNext","strict":true}}

apiVersion: v1
kind: ConfigMap
metadata:
  name: app-settings
data:
  LOG_LEVEL: Info

FROM node:20-alpine
WORKDIR /app
COPY package.json .
RUN npm ci

## Quick Start

1. Clone the repository
2. Run the tests
3. Open a pull request

| Option | Default | Description |

- [ ] Add retries
- [x] Fix flaky test
- [ ] Write the docs

> **Note**
> This feature is experimental.

\`Array.prototype.map\` returns a new array, \`forEach\` returns nothing.

README.md CHANGELOG.md Makefile Dockerfile LICENSE index.ts App.vue main.go Cargo.toml

src/Components/Header.tsx

C:\\\\Program Files\\\\Common Files\\\\System\\\\Ole DB

/usr/share/fonts/truetype/DejaVuSans-Bold.ttf

git rebase -i HEAD~3

docker compose up -d --build

export PATH="$HOME/.local/bin:$PATH"

ssh -i key.pem admin@203.0.113.7

chmod +x build.sh && ./build.sh --release

Set the Max Connections value to 50 and restart the service.

Open Settings, choose Network, then Advanced Options.

Select Insert > Chart > Pie Chart

The Save As dialog does not close after pressing Enter.

Invoice Number, Invoice Date, Due Date, Subtotal, Sales Tax, Grand Total

Order ID;Product;Quantity;Unit Price;Total

Status: Shipped
Carrier: Standard
Estimated Delivery: Friday

Error 404: Page Not Found

Access Denied. You do not have permission to perform this action.

Your Password Will Expire In 7 Days

Dear Customer, your Premium Plan renews on Monday.

Version 2.3.1 adds Dark Mode and improves Battery Life.

What is the time complexity of Quick Sort compared with Merge Sort?

explain the difference between a list and a tuple

write a regex that matches an ISO date

convert this curl command to python requests code please

Why does my React component render twice in Strict Mode?

a jenkins job runs ansible, which calls terraform

Pandas raises KeyError when I merge two DataFrames

we moved from maven to gradle and from junit to spock last year

kafka consumer lag keeps growing after the rebalance

The Observer, Strategy and Factory patterns are described in chapter four.

BP 120/80 mmHg, HR 72 bpm, SpO2 98 % on room air, GCS 15

Rx: Ibuprofen 400 mg PO TID PRN x 5 days

Allergies: Penicillin. Smoker: No. Alcohol: Occasional.

CT Abdomen: No evidence of Bowel Obstruction.

Preheat the oven to 180 degrees. Mix Flour, Sugar and Butter.

Terms of Service | Privacy Policy | Contact Us | Sign In

Yes. No. Maybe. Thanks! Great. Perfect. Done. Sure!

Guten Morgen, wann öffnet das Geschäft am Samstag?

Die Rechnung ist am Montag mit der Post gekommen.

Bitte setzen Sie das Passwort für mein Konto zurück.

Le colis est arrivé cassé, je voudrais un remboursement.

¿Cuándo abre la tienda el sábado?

O aplicativo fecha sozinho quando abro a câmera.

Il pacco non è ancora arrivato, potete controllare?

De app werkt niet meer na de laatste update.

Faktura är redan betald, varför får jag en påminnelse?
`
  .split('\n\n')
  .map((text) => text.trim())
  .filter((text) => text !== '')

/** As clean, and yet something is found in each: known misses. */
export const ALARMED: readonly string[] = [
  'How do I center a div with Flexbox?',
  '{"type":"function","function":{"name":"get_weather","parameters":{"type":"object","properties":{"unit":{"enum":["Celsius","Fahrenheit"]}}}}}',
]
