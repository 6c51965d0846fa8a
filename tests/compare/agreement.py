"""Two versions of an agreement written for the tests; the second is worse in ways that are known."""

from __future__ import annotations

OLD = """\
# Services Agreement

This Services Agreement is between Northwind Tools GmbH ("Supplier") and Acme Bakeries Ltd ("Customer").

## 1. Services

1.1 Supplier shall deliver the services described in Schedule A with reasonable care.

1.2 Supplier shall answer every support request within two business days.

## 2. Fees

2.1 Customer shall pay each invoice within 30 days of receipt.

2.2 Supplier may raise the fees once a year by no more than 3%, with 60 days' prior written notice.

## 3. Term and end

3.1 Either party may terminate this agreement with thirty (30) days' written notice.

3.2 Supplier may suspend the services only after a written reminder and a further 14 days.

3.3 On termination Supplier shall refund prepaid fees pro rata.

## 4. Liability

4.1 Neither party is liable for indirect or consequential damages.

4.2 Supplier's total liability shall not exceed EUR 500,000.
"""

NEW = """\
# Services Agreement

This Services Agreement is between Northwind Tools GmbH ("Supplier") and Acme Bakeries Ltd ("Customer").

## 1. Fees

1.1 Customer shall pay each invoice within 14 days of receipt.

1.2 Supplier may raise the fees at any time in its sole discretion, with notice.

## 2. Services

2.1 Supplier will provide the services described in Schedule A with reasonable care.

2.2 Supplier shall answer every support request within two business days.

## 3. Term and end

3.1 Customer may terminate this agreement with ninety (90) days' written notice. Supplier may terminate
this agreement with 30 days' written notice.

3.2 Supplier may suspend the services immediately and without notice.

## 4. Liability

4.1 Supplier is not liable for indirect or consequential damages.

4.2 Supplier's total liability shall not exceed EUR 50,000.

4.3 Customer shall indemnify Supplier against all claims of third parties.
"""
