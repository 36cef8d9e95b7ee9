"""A made-up file of each known export with its traps, and what must come out of it."""

# Tables of literal cells read better in rows.
# ruff: noqa: E501

from __future__ import annotations

from dataclasses import dataclass

Row = tuple[str, str, str, str, bool]
"""Order id, customer id, time, amount, whether it is a refund."""


@dataclass(frozen=True, slots=True)
class Example:
    """A file and the clean orders of it; `refuse` is the code of a refusal, `contacts` the customers of a customers file.

    `left_out`: rows by reason; `not_counted`: rows that a status or another column keeps out.
    """

    text: str
    orders: tuple[Row, ...] = ()
    refuse: str | None = None
    contacts: tuple[tuple[str, ...], ...] = ()
    left_out: dict[str, int] | None = None
    not_counted: int = 0
    encoding: str = "utf-8"


SHOPIFY_ORDERS = Example(
    """\
Name,Email,Financial Status,Paid at,Fulfillment Status,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Billing Name,Billing City,Cancelled at,Refunded Amount,Vendor,Phone,Tags
#1001,Ann@example.com,paid,2024-05-01 09:58:12 +0000,fulfilled,yes,GBP,28.00,2.00,0.00,30.00,0.00,2024-05-01 09:58:12 +0000,1,Mug,10.00,Ann Lee,Leeds,,0.00,Clay,,vip
#1001,Ann@example.com,,,,,,,,,,,2024-05-01 09:58:12 +0000,2,Plate,9.00,,,,,Clay,,
#1002,,partially_refunded,2024-05-02 10:00:00 +0000,fulfilled,no,GBP,12.50,0.00,0.00,12.50,0.00,2024-05-02 10:00:00 +0000,1,Bowl,12.50,Bob Moor,York,,2.50,Clay,+44 7700 900123,
#1003,,paid,2024-05-03 10:00:00 +0000,fulfilled,no,GBP,20.00,0.00,0.00,20.00,0.00,2024-05-03 10:00:00 +0000,1,Jug,20.00,Cleo Ray,Hull,,0.00,Clay,,
#1004,ann@example.com,voided,,,yes,GBP,7.00,0.00,0.00,7.00,0.00,2024-05-04 10:00:00 +0000,1,Cup,7.00,Ann Lee,Leeds,,0.00,Clay,,
#1005,ann@example.com,refunded,2024-05-05 10:00:00 +0000,,yes,GBP,15.00,0.00,0.00,15.00,0.00,2024-05-05 10:00:00 +0000,1,Cup,15.00,Ann Lee,Leeds,,15.00,Clay,,
#1006,ann@example.com,paid,2024-05-06 10:00:00 +0000,,yes,GBP,16.00,0.00,0.00,16.00,0.00,2024-05-06 10:00:00 +0000,1,Cup,16.00,Ann Lee,Leeds,2024-05-07 08:00:00 +0000,0.00,Clay,,
#1007,ANN@EXAMPLE.COM,paid,2024-05-08 10:00:00 +0000,fulfilled,yes,GBP,5.00,0.00,0.00,5.00,0.00,2024-05-08 10:00:00 +0000,1,Cup,5.00,Ann Lee,Leeds,,0.00,Clay,,
#1008,dan@example.com,paid,2024-05-09 10:00:00 +0000,fulfilled,no,GBP,8.00,0.00,0.00,8.00,0.00,2024-05-09 10:00:00 +0000,1,Cup,8.00,Dan Fox,Bath,,8.00,Clay,,
#1009,,paid,2024-05-10 10:00:00 +0000,fulfilled,no,GBP,99.99,0.00,0.00,99.99,0.00,2024-05-10 10:00:00 +0000,1,Set,50.00,Bob Moor,York,,0.00,Clay,'+447700900123,
#1009,,,,,,,,,,,,2024-05-10 10:00:00 +0000,1,Vase,30.00,,,,,Clay,,
#1009,,,,,,,,,,,,2024-05-10 10:00:00 +0000,1,Dish,19.99,,,,,Clay,,
#1010,eve@example.com,pending,,,no,GBP,4.00,0.00,0.00,4.00,0.00,2024-05-11 10:00:00 +0000,1,Cup,4.00,Eve Low,Hove,,0.00,Clay,,
#1011,eve@example.com,paid,2024-05-12 10:00:00 +0000,fulfilled,no,GBP,4.50,0.00,0.00,4.50,0.00,2024-05-12 10:00:00 +0000,1,Cup,4.50,Eve Low,Hove,,0.00,Clay,,
""",
    orders=(
        ("#1001", "ann@example.com", "2024-05-01 09:58:12", "30", False),
        ("#1002", "+447700900123", "2024-05-02 10:00:00", "10", False),
        ("#1003", "Cleo Ray", "2024-05-03 10:00:00", "20", False),
        ("#1007", "ann@example.com", "2024-05-08 10:00:00", "5", False),
        ("#1009", "+447700900123", "2024-05-10 10:00:00", "99.99", False),
        ("#1011", "eve@example.com", "2024-05-12 10:00:00", "4.5", False),
    ),
    not_counted=5,
)

SHOPIFY_CUSTOMERS_OLD = Example(
    """\
First Name,Last Name,Email,Accepts Email Marketing,Company,Address1,Address2,City,Province,Province Code,Country,Country Code,Zip,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Tags,Note,Tax Exempt
Ann,Lee,Ann@example.com,yes,,1 High St,,Leeds,England,ENG,United Kingdom,GB,'75008,'+447700900101,no,35.00,2,vip,,no
Bob,Moor,,no,,,,York,England,ENG,United Kingdom,GB,YO1,'+447700900123,no,109.99,2,,,no
Cleo,Ray,cleo@example.com,no,,,,Hull,England,ENG,United Kingdom,GB,HU1,,no,0.00,0,"wholesale, slow",,yes
""",
    contacts=(
        ("ann@example.com", "yes", "England", "vip"),
        ("+447700900123", "no", "England", ""),
        ("cleo@example.com", "no", "England", "wholesale, slow"),
    ),
)

SHOPIFY_CUSTOMERS = Example(
    """\
Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,Default Address Address1,Default Address Address2,Default Address City,Default Address Province Code,Default Address Country Code,Default Address Zip,Default Address Phone,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Note,Tax Exempt,Tags
'7001,Ann,Lee,Ann@example.com,yes,,1 High St,,Leeds,ENG,GB,'75008,,'+447700900101,no,35.00,2,,no,vip
'7002,Bob,Moor,,no,,,,York,ENG,GB,YO1,,'+447700900123,no,109.99,2,,no,
'7003,Cleo,Ray,cleo@example.com,no,,,,Hull,ENG,GB,HU1,,,no,0.00,0,,yes,"wholesale, slow"
""",
    contacts=(
        ("7001", "yes", "ENG", "vip"),
        ("7002", "no", "ENG", ""),
        ("7003", "no", "ENG", "wholesale, slow"),
    ),
)

SQUARESPACE_ORDERS = Example(
    """\
Order ID,Email,Financial Status,Paid at,Fulfillment Status,Currency,Subtotal,Shipping,Taxes,Amount Refunded,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Billing Name,Billing City,Billing Phone,Cancelled at,Private Notes,Channel Type,Channel Name,Channel Order Number
00501,ann@example.com,PAID,2023-06-30 14:55:13 +0100,FULFILLED,USD,39.95,0.00,0.00,0.00,39.95,2023-06-30 14:55:13 +0100,1,Print,19.95,Ann Lee,Leeds,,,,ONLINE,Squarespace,00501
00501,ann@example.com,,,,,,,,,,,1,Frame,20.00,,,,,,,,
00502,bob@example.com,PAID,2023-07-01 10:00:00 +0100,FULFILLED,USD,50.00,0.00,0.00,10.00,50.00,2023-07-01 10:00:00 +0100,1,Print,50.00,Bob Moor,York,,,,ONLINE,Squarespace,00502
00503,bob@example.com,REFUNDED,2023-07-02 10:00:00 +0100,FULFILLED,USD,9.00,0.00,0.00,9.00,9.00,2023-07-02 10:00:00 +0100,1,Card,9.00,Bob Moor,York,,,,ONLINE,Squarespace,00503
00504,bob@example.com,PAID,2023-07-03 10:00:00 +0100,CANCELED,USD,8.00,0.00,0.00,0.00,8.00,2023-07-03 10:00:00 +0100,1,Card,8.00,Bob Moor,York,,2023-07-03 11:00:00 +0100,,ONLINE,Squarespace,00504
00505,Ann@Example.com,PAID,2023-07-04 10:00:00 +0100,FULFILLED,USD,7.00,0.00,0.00,0.00,7.00,2023-07-04 10:00:00 +0100,1,Card,7.00,Ann Lee,Leeds,,,,ONLINE,Etsy,E-9
""",
    orders=(
        ("00501", "ann@example.com", "2023-06-30 14:55:13", "39.95", False),
        ("00502", "bob@example.com", "2023-07-01 10:00:00", "40", False),
        ("00505", "ann@example.com", "2023-07-04 10:00:00", "7", False),
    ),
    not_counted=2,
)

WOOCOMMERCE_ANALYTICS = Example(
    """\
Date,Order #,N. Revenue (formatted),Status,Customer,Customer type,Product(s),Items sold,Coupon(s),Net Sales,Attribution
2024-05-01 10:00:00,501,$30.00,completed,Ann Lee,new,2x Mug,2,,30,Direct
2024-05-02 10:00:00,502,$12.50,completed,Bob Moor,new,1x Bowl,1,MAY,12.5,Organic: Google
2024-05-08 10:00:00,503,"$1,005.00",processing,Ann Lee,returning,1x Oven,1,,1005,Direct
""",
    refuse="woocommerce_analytics",
)

WOOCOMMERCE_ANALYTICS_OLD = Example(
    """\
Date,Order #,N. Revenue (formatted),Status,Customer,Customer type,Product(s),Items sold,Coupon(s),N. Revenue
2019-05-01 10:00:00,501,&#36;30.00,completed,Ann Lee,new,2x Mug,2,,30
2019-05-02 10:00:00,502,&#36;12.50,completed,Bob Moor,new,1x Bowl,1,MAY,12.5
""",
    refuse="woocommerce_analytics",
)

WOOCOMMERCE_ORDERS = Example(
    """\
order_id,order_number,order_date,paid_date,status,shipping_total,tax_total,discount_total,order_total,order_subtotal,order_currency,payment_method_title,customer_id,customer_user,customer_email,billing_first_name,billing_last_name,billing_email,billing_phone,billing_city,billing_country,wt_import_key,line_item_1
801,801,2024-03-01 09:00:00,2024-03-01 09:01:00,completed,5.00,0.00,0.00,55.00,50.00,INR,Cash,17,17,ann@example.com,Ann,Lee,ann@example.com,,Nagore,IN,801,name:Eggs
802,802,2024-03-02 09:00:00,2024-03-02 09:01:00,processing,0.00,0.00,0.00,12.50,12.50,INR,Card,0,0,,Bob,Moor,Bob@Example.com,+91 98765 43210,Nagore,IN,802,name:Milk
803,803,2024-03-03 09:00:00,,pending,0.00,0.00,0.00,7.00,7.00,INR,Card,0,0,,Bob,Moor,bob@example.com,,Nagore,IN,803,name:Milk
804,804,2024-03-04 09:00:00,2024-03-04 09:01:00,completed,0.00,0.00,0.00,8.00,8.00,INR,Card,0,0,,Cleo,Ray,,+91 98765 43211,Nagore,IN,804,name:Milk
805,805,2024-03-05 09:00:00,2024-03-05 09:01:00,wc-cancelled,0.00,0.00,0.00,9.00,9.00,INR,Card,17,17,ann@example.com,Ann,Lee,ann@example.com,,Nagore,IN,805,name:Milk
806,806,2024-03-06 09:00:00,2024-03-06 09:01:00,refunded,0.00,0.00,0.00,9.00,9.00,INR,Card,17,17,ann@example.com,Ann,Lee,ann@example.com,,Nagore,IN,806,name:Milk
807,807,2024-03-07 09:00:00,,failed,0.00,0.00,0.00,9.00,9.00,INR,Card,0,0,,Dan,Fox,dan@example.com,,Nagore,IN,807,name:Milk
808,808,2024-03-08 09:00:00,,on-hold,0.00,0.00,0.00,9.00,9.00,INR,Bank,0,0,,Dan,Fox,dan@example.com,,Nagore,IN,808,name:Milk
809,809,2024-03-09 09:00:00,2024-03-09 09:01:00,wc-completed,0.00,0.00,0.00,21.00,21.00,INR,Card,0,0,,Bob,Moor,bob@example.com,,Nagore,IN,809,name:Milk
810,810,2024-03-10 09:00:00,2024-03-10 09:01:00,completed,0.00,0.00,0.00,3.00,3.00,INR,Cash,0,0,,,,,,Nagore,IN,810,name:Gum
811,811,2024-03-11 09:00:00,2024-03-11 09:01:00,completed,0.00,0.00,0.00,31.00,31.00,INR,Card,17,17,ann@example.com,Ann,Lee,ann@example.com,,Nagore,IN,811,name:Tea
""",
    orders=(
        ("801", "17", "2024-03-01 09:00:00", "55", False),
        ("802", "bob@example.com", "2024-03-02 09:00:00", "12.5", False),
        ("804", "+919876543211", "2024-03-04 09:00:00", "8", False),
        ("809", "bob@example.com", "2024-03-09 09:00:00", "21", False),
        ("811", "17", "2024-03-11 09:00:00", "31", False),
    ),
    left_out={"no_customer": 1},
    not_counted=5,
)

WOOCOMMERCE_ADVANCED_EXPORT = Example(
    """\
Order Number,Order Status,Order Date,Customer Note,First Name (Billing),Last Name (Billing),City (Billing),Email (Billing),Phone (Billing),Payment Method Title,Order Subtotal Amount,Order Shipping Amount,Order Refund Amount,Order Total Amount,SKU,Item #,Item Name,Quantity,Item Cost
901,Completed,2024-04-01 10:15,,Ann,Lee,Leeds,ann@example.com,,Card,30.00,0.00,0.00,30.00,M1,1,Mug,1,10.00
901,Completed,2024-04-01 10:15,,Ann,Lee,Leeds,ann@example.com,,Card,30.00,0.00,0.00,30.00,P1,2,Plate,2,10.00
902,Processing,2024-04-02 11:00,,Bob,Moor,York,,+44 7700 900123,Card,40.00,5.00,10.00,45.00,P1,1,Plate,4,10.00
903,Cancelled,2024-04-03 11:00,,Bob,Moor,York,,+44 7700 900123,Card,10.00,0.00,0.00,10.00,P1,1,Plate,1,10.00
904,Completed,2024-04-04 11:00,,Ann,Lee,Leeds,Ann@Example.com,,Card,20.00,0.00,0.00,20.00,M1,1,Mug,1,10.00
904,,,,,,,,,,,,,,P1,2,Plate,1,10.00
905,Refunded,2024-04-05 11:00,,Ann,Lee,Leeds,ann@example.com,,Card,20.00,0.00,20.00,20.00,M1,1,Mug,2,10.00
""",
    orders=(
        ("901", "ann@example.com", "2024-04-01 10:15:00", "30", False),
        ("902", "+447700900123", "2024-04-02 11:00:00", "35", False),
        ("904", "ann@example.com", "2024-04-04 11:00:00", "20", False),
    ),
    not_counted=2,
)

BITRIX24_DEALS = Example(
    """\
ID;Название сделки;Воронка;Стадия сделки;Сумма;Валюта;Компания;Контакт;Контакт: Рабочий телефон;Контакт: Рабочий e-mail;Ответственный;Дата создания;Дата изменения;Дата закрытия
101;Кухня;Общая;Сделка успешна;120000.00;RUB;;Анна Ли;+7 900 123-45-67;anna@example.ru;Мария К.;01.02.2024 10:00:00;05.02.2024 11:00:00;31.12.2030
102;Шкаф;Общая;Сделка провалена;50000.00;RUB;;Анна Ли;+7 900 123-45-67;anna@example.ru;Мария К.;03.02.2024 10:00:00;05.02.2024 11:00:00;10.02.2024
103;Стол;Общая;В работе;45000.00;RUB;;Анна Ли;+7 900 123-45-67;anna@example.ru;Мария К.;04.02.2024 10:00:00;05.02.2024 11:00:00;10.02.2024
104;Офис;Опт;C7:WON;990000.50;RUB;ООО Ромашка;Пётр Ян;8 (900) 765-43-21;;Мария К.;05.02.2024 10:00:00;05.02.2024 11:00:00;10.02.2024
105;Офис, часть 2;Опт;C7:LOSE;10000.00;RUB;ООО Ромашка;Пётр Ян;8 (900) 765-43-21;;Мария К.;06.02.2024 10:00:00;06.02.2024 11:00:00;10.02.2024
106;Офис, часть 3;Опт;C7:PREPARATION;10000.00;RUB;ООО Ромашка;Пётр Ян;8 (900) 765-43-21;;Мария К.;07.02.2024 10:00:00;07.02.2024 11:00:00;10.02.2024
107;Стулья;Опт;C7:WON;15000.00;RUB;ООО Ромашка;Ольга Ин;;;Иван С.;08.03.2024 10:00:00;09.03.2024 11:00:00;10.03.2024
108;Полка;Общая;Сделка успешна;3000.00;RUB;;Вера Од;8 900 555-44-33;;Иван С.;09.03.2024 10:00:00;09.03.2024 11:00:00;10.03.2024
109;Тумба;Общая;Сделка успешна;7000.00;RUB;;Анна Ли;;Anna@Example.ru;Мария К.;10.04.2024 10:00:00;11.04.2024 11:00:00;12.04.2024
110;Новая;Общая;Новая;0.00;RUB;;Анна Ли;;anna@example.ru;Мария К.;11.04.2024 10:00:00;11.04.2024 11:00:00;
""",
    orders=(
        ("101", "anna@example.ru", "2024-02-01 10:00:00", "120000", False),
        ("104", "ООО Ромашка", "2024-02-05 10:00:00", "990000.5", False),
        ("107", "ООО Ромашка", "2024-03-08 10:00:00", "15000", False),
        ("108", "+79005554433", "2024-03-09 10:00:00", "3000", False),
        ("109", "anna@example.ru", "2024-04-10 10:00:00", "7000", False),
    ),
    not_counted=5,
)

BITRIX24_DEALS_ENGLISH = Example(
    """\
ID;Deal name;Pipeline;Stage;Total;Currency;Company;Contact;Contact: Work phone;Contact: Work e-mail;Responsible person;Created on;Modified on
201;Kitchen;General;Deal won;1200.00;USD;;Ann Lee;+1 212 555 0123;ann@example.com;Mary K.;02/15/2024 10:00:00 am;02/16/2024 11:00:00 am
202;Desk;General;Deal lost;500.00;USD;;Ann Lee;+1 212 555 0123;ann@example.com;Mary K.;02/17/2024 10:00:00 am;02/18/2024 11:00:00 am
203;Chair;General;In progress;400.00;USD;;Ann Lee;+1 212 555 0123;ann@example.com;Mary K.;02/18/2024 10:00:00 am;02/18/2024 11:00:00 am
204;Lamp;General;Deal won;90.00;USD;;Bob Moor;+1 212 555 0155;;Mary K.;02/19/2024 01:30:00 pm;02/19/2024 02:00:00 pm
205;Sofa;General;C12:WON;990.00;USD;;Ann Lee;;ANN@example.com;Mary K.;03/20/2024 01:30:00 pm;03/20/2024 02:00:00 pm
""",
    orders=(
        ("201", "ann@example.com", "2024-02-15 10:00:00", "1200", False),
        ("204", "+12125550155", "2024-02-19 13:30:00", "90", False),
        ("205", "ann@example.com", "2024-03-20 13:30:00", "990", False),
    ),
    not_counted=2,
)

BITRIX24_DEALS_BI = Example(
    """\
ID,DATE_CREATE,DATE_MODIFY,CREATED_BY_ID,ASSIGNED_BY,LEAD_ID,COMPANY_ID,COMPANY,CONTACT_ID,CONTACT,CONTACT_NAME,TITLE,CATEGORY,STAGE_ID,STAGE,STAGE_SEMANTIC_ID,OPPORTUNITY,CURRENCY_ID,CLOSEDATE
301,2024-02-01 10:00:00,2024-02-05 10:00:00,1,[1] Мария К.,,,,41,[41] Анна Ли,Анна Ли,Кухня,[0] Общая,WON,[WON] Сделка успешна,S,120000,RUB,2030-12-31
302,2024-02-03 10:00:00,2024-02-05 10:00:00,1,[1] Мария К.,,,,41,[41] Анна Ли,Анна Ли,Шкаф,[0] Общая,LOSE,[LOSE] Сделка провалена,F,50000,RUB,2024-02-10
303,2024-02-04 10:00:00,2024-02-05 10:00:00,1,[1] Мария К.,,,,42,[42] Пётр Ян,Пётр Ян,Стол,[7] Опт,C7:WON,[C7:WON] Отгружено,S,990000.5,RUB,2024-02-10
304,2024-02-05 10:00:00,2024-02-05 10:00:00,1,[1] Мария К.,,,,42,[42] Пётр Ян,Пётр Ян,Стул,[7] Опт,C7:NEW,[C7:NEW] Новая,P,10000,RUB,2024-02-10
305,2024-03-06 10:00:00,2024-03-06 10:00:00,1,[1] Мария К.,,,,41,[41] Анна Ли,Анна Ли,Тумба,[0] Общая,WON,[WON] Сделка успешна,S,7000,RUB,2024-03-10
""",
    orders=(
        ("301", "41", "2024-02-01 10:00:00", "120000", False),
        ("303", "42", "2024-02-04 10:00:00", "990000.5", False),
        ("305", "41", "2024-03-06 10:00:00", "7000", False),
    ),
    not_counted=2,
)

AMOCRM_DEALS = Example(
    """\
"ID","Название сделки","Бюджет, ₽","Ответственный","Дата создания","Дата закрытия","Теги сделки","Воронка","Этап сделки","Основной контакт","Компания контакта","Рабочий телефон (контакт)","Рабочий email (контакт)"
"4001","Сайт","50000","Мария К.","01.02.2024 10:00:00","10.02.2024 12:00:00","сайт","Продажи","Успешно реализовано","Анна Ли","","+79001234567","anna@example.ru"
"4002","Реклама","30000","Мария К.","02.02.2024 10:00:00","11.02.2024 12:00:00","","Продажи","Закрыто и не реализовано","Анна Ли","","+79001234567","anna@example.ru"
"4003","Логотип","15000","Мария К.","03.02.2024 10:00:00","","","Продажи","Переговоры","Пётр Ян","","+79007654321",""
"4004","Логотип","15000","Мария К.","04.02.2024 10:00:00","09.02.2024 12:00:00","","Продажи","Успешно реализовано","Пётр Ян","","+79007654321",""
"4005","Поддержка","5000","Иван С.","05.03.2024 10:00:00","06.03.2024 12:00:00","","Продажи","Успешно реализовано","Анна Ли","","","Anna@Example.ru"
""",
    orders=(
        ("4001", "anna@example.ru", "2024-02-01 10:00:00", "50000", False),
        ("4004", "+79007654321", "2024-02-04 10:00:00", "15000", False),
        ("4005", "anna@example.ru", "2024-03-05 10:00:00", "5000", False),
    ),
    not_counted=2,
)

BITRIX_SITE_ORDERS = Example(
    """\
Номер заказа;Дата создания;Дата изменения;Сумма;Статус;Оплачен;Отменен;Покупатель;Телефон;E-Mail;Позиции;Цена товара
№A1;01.07.2024 10:00:00;02.07.2024 10:00:00;1000 руб;Выполнен;Да;Нет;Анна Ли;+7 (900) 123-45-67;anna@example.ru;[11] Футболка (1 шт);1000 руб
№A2;02.07.2024 10:00:00;02.07.2024 11:00:00;1 500 руб;Выполнен;Да;Нет;Пётр Ян;8 900 765-43-21;;[11] Футболка (1 шт) [12] Брюки (1 шт);500 руб 1 000 руб
№A3;03.07.2024 10:00:00;03.07.2024 11:00:00;700 руб;Принят, ожидается оплата;Нет;Нет;Анна Ли;;anna@example.ru;[11] Футболка (1 шт);700 руб
№A4;04.07.2024 10:00:00;04.07.2024 11:00:00;900 руб;Выполнен;Да;Да;Анна Ли;;anna@example.ru;[11] Футболка (1 шт);900 руб
№A5;05.07.2024 10:00:00;05.07.2024 11:00:00;2 350,50 руб;Собирается;Да;Нет;Анна Ли;;Anna@Example.ru;[12] Брюки (2 шт);1 175,25 руб
№A6;06.07.2024 10:00:00;06.07.2024 11:00:00;800 руб;Отменён;Да;Нет;Пётр Ян;8 900 765-43-21;;[11] Футболка (1 шт);800 руб
№A7;07.07.2024 10:00:00;07.07.2024 11:00:00;1 000 руб;Выполнен;Да;Нет;Пётр Ян;+79007654321;;[11] Футболка (1 шт);1000 руб
№A8;08.07.2024 10:00:00;08.07.2024 11:00:00;300 руб;Выполнен;Да;Нет;;;;[13] Носки (1 шт);300 руб
""",
    orders=(
        ("№A1", "anna@example.ru", "2024-07-01 10:00:00", "1000", False),
        ("№A2", "+79007654321", "2024-07-02 10:00:00", "1500", False),
        ("№A5", "anna@example.ru", "2024-07-05 10:00:00", "2350.5", False),
        ("№A7", "+79007654321", "2024-07-07 10:00:00", "1000", False),
    ),
    left_out={"no_customer": 1},
    not_counted=3,
)

YANDEX_METRICA_CRM = Example(
    """\
id,create_date_time,client_uniq_id,client_ids,emails,phones,order_status,revenue,cost,goals,currency
y1,10.01.2024 11:56,u1,,"mail@example.com,mail2@example.com",,PAID,200.50,150,"oplata_cash:200,filial_1",RUB
y2,20.01.2024 11:59,,12345,mail3@example.com,,PAID,100,50,,RUB
y3,12.02.2024 09:00,,34456,,79876543210,SPAM,10,,plohoy_lead,RUB
y4,13.02.2024 09:00,u1,,,,CANCELLED,70,,,RUB
y5,14.02.2024 09:00,,,,79876543210,PAID,80,20,,RUB
y6,15.02.2024 09:00,u1,,,,IN_PROGRESS,60,30,,RUB
y7,16.02.2024 09:00,,777,,,PAID,5,1,,RUB
y8,17.02.2024 09:00,,,Mail3@example.com,,PAID,15,5,,RUB
""",
    orders=(
        ("y1", "u1", "2024-01-10 11:56:00", "200.5", False),
        ("y2", "mail3@example.com", "2024-01-20 11:59:00", "100", False),
        ("y5", "+79876543210", "2024-02-14 09:00:00", "80", False),
        ("y6", "u1", "2024-02-15 09:00:00", "60", False),
        ("y8", "mail3@example.com", "2024-02-17 09:00:00", "15", False),
    ),
    left_out={"no_customer": 1},
    not_counted=2,
)

RETAILCRM = Example(
    """\
Номер заказа;Дата и время создания;Тип заказа;Способ оформления;Статус заказа;Покупатель;Телефон;E-mail;Менеджер;Город;Сумма заказа
1A;01.02.2024 10:00:00;Физ. лицо;Через корзину;Выполнен;Анна Ли;+79001234567;anna@example.ru;Мария К.;Томск;1 200,50
2A;02.02.2024 10:00:00;Физ. лицо;По телефону;Отменен;Анна Ли;+79001234567;anna@example.ru;Мария К.;Томск;500
3A;03.02.2024 10:00:00;Физ. лицо;По телефону;Не устроила цена;Анна Ли;+79001234567;anna@example.ru;Мария К.;Томск;600
4A;04.02.2024 10:00:00;Физ. лицо;По телефону;Недозвон;Пётр Ян;8 900 765-43-21;;Мария К.;Казань;700
5A;05.02.2024 10:00:00;Физ. лицо;По телефону;Передан в доставку;Пётр Ян;8 900 765-43-21;;Мария К.;Казань;800
6A;06.02.2024 10:00:00;Физ. лицо;По телефону;Нет в наличии;Пётр Ян;8 900 765-43-21;;Мария К.;Казань;900
7A;07.03.2024 10:00:00;Физ. лицо;Через корзину;Выполнен;Анна Ли;;Anna@Example.ru;Иван С.;Томск;300
8A;08.03.2024 10:00:00;Физ. лицо;Через корзину;Купил в другом месте;Анна Ли;;anna@example.ru;Иван С.;Томск;300
""",
    orders=(
        ("1A", "anna@example.ru", "2024-02-01 10:00:00", "1200.5", False),
        ("5A", "+79007654321", "2024-02-05 10:00:00", "800", False),
        ("7A", "anna@example.ru", "2024-03-07 10:00:00", "300", False),
    ),
    not_counted=5,
)

RETAILCRM_API = Example(
    """\
id,number,externalId,createdAt,status,orderType,orderMethod,customer.id,firstName,lastName,phone,email,totalSumm,purchaseSumm,managerId
501,1B,9001,2024-02-01 10:00:00,complete,eshop-individual,shopping-cart,71,Анна,Ли,+79001234567,anna@example.ru,1200.5,800,3
502,2B,9002,2024-02-02 10:00:00,cancel-other,eshop-individual,shopping-cart,71,Анна,Ли,+79001234567,anna@example.ru,500,300,3
503,3B,9003,2024-02-03 10:00:00,no-call,eshop-individual,phone,71,Анна,Ли,+79001234567,anna@example.ru,500,300,3
504,4B,9004,2024-02-04 10:00:00,prices-did-not-suit,eshop-individual,phone,72,Пётр,Ян,+79007654321,,600,300,3
505,5B,9005,2024-02-05 10:00:00,send-to-delivery,eshop-individual,phone,72,Пётр,Ян,+79007654321,,700,300,3
506,6B,9006,2024-03-06 10:00:00,complete,eshop-individual,shopping-cart,71,Анна,Ли,+79001234567,anna@example.ru,90,40,3
""",
    orders=(
        ("1B", "71", "2024-02-01 10:00:00", "1200.5", False),
        ("5B", "72", "2024-02-05 10:00:00", "700", False),
        ("6B", "71", "2024-03-06 10:00:00", "90", False),
    ),
    not_counted=3,
)

TAOBAO = Example(
    """\
"订单编号","买家会员名","买家支付宝账号","买家应付货款","买家应付邮费","买家支付积分","总金额","返点积分","买家实际支付金额","买家实际支付积分","订单状态","买家留言","收货人姓名","收货地址 ","运送方式","联系电话 ","联系手机","订单创建时间","订单付款时间 ","宝贝标题 ","宝贝种类 ","物流单号 ","物流公司","订单备注","宝贝总数量","店铺名称","订单关闭原因"
="193067985817064711","幸福小岩","a@example.cn","598.00","0.00","0","598.00","0","598.00","0","交易成功","","马慧","吉林省 通化市","快递","","'18600000065","2024-05-23 22:02:11","2024-05-23 22:02:40","护肤套装","1","","","","1","小店","订单未关闭"
="193067985817064712","tb007","b@example.cn","120.00","10.00","0","130.00","0","0.00","0","交易关闭","","李雷","北京 北京市","快递","","'18600000066","2024-05-24 10:00:00","","面膜","1","","","","1","小店","买家未付款"
="193067985817064713","tb007","b@example.cn","120.00","10.00","0","130.00","0","130.00","0","卖家已发货，等待买家确认","","李雷","北京 北京市","快递","","'18600000066","2024-05-25 10:00:00","2024-05-25 10:01:00","面膜","1","","","","1","小店","订单未关闭"
="193067985817064714","00123","c@example.cn","66.00","0.00","0","66.00","0","66.00","0","交易成功","","韩梅","上海 上海市","快递","","'18600000067","2024-05-26 10:00:00","2024-05-26 10:01:00","口红","1","","","","1","小店","订单未关闭"
="193067985817064715","幸福小岩","a@example.cn","50.00","0.00","0","50.00","0","0.00","0","等待买家付款","","马慧","吉林省 通化市","快递","","'18600000065","2024-06-01 10:00:00","","面膜","1","","","","1","小店","订单未关闭"
="193067985817064716","幸福小岩","a@example.cn","50.00","0.00","0","50.00","0","45.50","0","买家已付款，等待卖家发货","","马慧","吉林省 通化市","快递","","'18600000065","2024-06-02 23:59:50","2024-06-03 00:00:10","面膜","1","","","","1","小店","订单未关闭"
""",
    orders=(
        ("193067985817064711", "幸福小岩", "2024-05-23 22:02:40", "598", False),
        ("193067985817064713", "tb007", "2024-05-25 10:01:00", "130", False),
        ("193067985817064714", "00123", "2024-05-26 10:01:00", "66", False),
        ("193067985817064716", "幸福小岩", "2024-06-03 00:00:10", "45.5", False),
    ),
    not_counted=2,
    encoding="gbk",
)

UCI_ONLINE_RETAIL = Example(
    """\
InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
536365,85123A,HOLDER,6,2010-12-01 08:26:00,2.55,17850,United Kingdom
536365,71053,LANTERN,6,2010-12-01 08:26:00,3.39,17850,United Kingdom
536366,22633,WARMER,6,2010-12-01 08:28:00,1.85,13047,United Kingdom
536367,22139,RETROSPOT,1,2010-12-01 08:30:00,5.00,,United Kingdom
C536379,D,Discount,-1,2010-12-02 09:41:00,27.50,17850,United Kingdom
C536391,22556,PLASTERS,-6,2010-12-03 10:24:00,1.85,13047,United Kingdom
536400,22960,JAM,2,2010-12-04 11:00:00,4.25,13047,United Kingdom
536414,22139,,56,2010-12-04 11:52:00,0.0,17850,United Kingdom
""",
    orders=(
        ("536365", "17850", "2010-12-01 08:26:00", "35.64", False),
        ("536366", "13047", "2010-12-01 08:28:00", "11.1", False),
        ("536400", "13047", "2010-12-04 11:00:00", "8.5", False),
        ("536414", "17850", "2010-12-04 11:52:00", "0", False),
        ("C536379", "17850", "2010-12-02 09:41:00", "-27.5", True),
        ("C536391", "13047", "2010-12-03 10:24:00", "-11.1", True),
    ),
    left_out={"no_customer": 1},
)

UCI_ONLINE_RETAIL_2 = Example(
    """\
Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country
489434,85048,LIGHTS,12,2009-12-01 07:45:00,6.95,13085.0,United Kingdom
489434,79323P,CHERRY,12,2009-12-01 07:45:00,6.75,13085.0,United Kingdom
489435,22350,BOWL,12,2009-12-01 07:46:00,2.55,13078.0,United Kingdom
C489449,22087,BUNTING,-12,2009-12-01 10:33:00,2.95,13078.0,Australia
489500,22087,BUNTING,1,2009-12-02 10:33:00,2.95,,Australia
""",
    orders=(
        ("489434", "13085", "2009-12-01 07:45:00", "164.4", False),
        ("489435", "13078", "2009-12-01 07:46:00", "30.6", False),
        ("C489449", "13078", "2009-12-01 10:33:00", "-35.4", True),
    ),
    left_out={"no_customer": 1},
)

OLIST = Example(
    """\
order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,order_delivered_customer_date,order_estimated_delivery_date,customer_unique_id,customer_city,customer_state,payment_sequential,payment_type,payment_installments,payment_value
e481f51c,9ef432eb,delivered,2017-10-02 10:56:33,2017-10-02 11:07:15,2017-10-10 21:25:13,2017-10-18,7c396fd4,sao paulo,SP,1,credit_card,1,18.12
e481f51c,9ef432eb,delivered,2017-10-02 10:56:33,2017-10-02 11:07:15,2017-10-10 21:25:13,2017-10-18,7c396fd4,sao paulo,SP,2,voucher,1,2.00
53cdb2fc,b0830fb4,delivered,2018-07-24 20:41:37,2018-07-26 03:24:27,2018-08-07 15:27:45,2018-08-13,af07308b,barreiras,BA,1,boleto,1,141.46
47770eb9,41ce2a54,canceled,2018-08-08 08:38:49,2018-08-08 08:55:23,,2018-09-04,7c396fd4,sao paulo,SP,1,credit_card,3,179.12
949d5b44,f88197465,unavailable,2017-11-18 19:28:06,2017-11-18 19:45:59,,2017-12-15,af07308b,barreiras,BA,1,credit_card,1,72.20
ad21c59c,8ab97904,shipped,2018-02-13 21:18:39,2018-02-13 22:20:29,,2018-02-26,7c396fd4,sao paulo,SP,1,credit_card,1,28.62
a4591c26,503740e9,created,2017-12-05 21:38:27,,,2018-01-11,72632f0f,santo andre,SP,1,boleto,1,63.00
""",
    orders=(
        ("53cdb2fc", "af07308b", "2018-07-24 20:41:37", "141.46", False),
        ("ad21c59c", "7c396fd4", "2018-02-13 21:18:39", "28.62", False),
        ("e481f51c", "7c396fd4", "2017-10-02 10:56:33", "20.12", False),
    ),
    not_counted=3,
)

OLIST_ITEMS = Example(
    """\
order_id,customer_id,order_status,order_purchase_timestamp,customer_unique_id,customer_city,customer_state,order_item_id,product_id,seller_id,price,freight_value,payment_value,product_category_name
e481f51c,9ef432eb,delivered,2017-10-02 10:56:33,7c396fd4,sao paulo,SP,1,87285b34,3504c0cb,29.99,8.72,77.44,utilidades
e481f51c,9ef432eb,delivered,2017-10-02 10:56:33,7c396fd4,sao paulo,SP,2,87285b34,3504c0cb,29.99,8.74,77.44,utilidades
53cdb2fc,b0830fb4,delivered,2018-07-24 20:41:37,af07308b,barreiras,BA,1,595fac2a,289cdb32,118.70,22.76,160.46,perfumaria
53cdb2fc,b0830fb4,delivered,2018-07-24 20:41:37,af07308b,barreiras,BA,2,595fac2b,289cdb32,10.00,9.00,160.46,perfumaria
47770eb9,41ce2a54,canceled,2018-08-08 08:38:49,7c396fd4,sao paulo,SP,1,aa4383b3,4869f7a5,159.90,19.22,179.12,automotivo
""",
    orders=(
        ("53cdb2fc", "af07308b", "2018-07-24 20:41:37", "128.7", False),
        ("e481f51c", "7c396fd4", "2017-10-02 10:56:33", "59.98", False),
    ),
    not_counted=1,
)

OLIST_ORDERS = Example(
    """\
order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,order_delivered_carrier_date,order_delivered_customer_date,order_estimated_delivery_date
e481f51c,9ef432eb,delivered,2017-10-02 10:56:33,2017-10-02 11:07:15,2017-10-04 19:55:00,2017-10-10 21:25:13,2017-10-18
53cdb2fc,b0830fb4,delivered,2018-07-24 20:41:37,2018-07-26 03:24:27,2018-07-26 14:31:00,2018-08-07 15:27:45,2018-08-13
""",
    refuse="olist_orders_alone",
)

OLIST_WITHOUT_AMOUNTS = Example(
    """\
order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,customer_unique_id,customer_zip_code_prefix,customer_city,customer_state
e481f51c,9ef432eb,delivered,2017-10-02 10:56:33,2017-10-02 11:07:15,7c396fd4,03149,sao paulo,SP
53cdb2fc,b0830fb4,delivered,2018-07-24 20:41:37,2018-07-26 03:24:27,af07308b,47813,barreiras,BA
""",
    refuse="olist_orders_alone",
)

KLAVIYO = Example(
    """\
Email,Klaviyo ID,First Name,Last Name,Organization,Title,Phone Number,Address,City,State / Region,Country,Zip Code,Email Marketing Consent,Email Marketing Consent Timestamp,First Active,Last Active,Profile Created On,Date Added,Historic Customer Lifetime Value,Predicted Customer Lifetime Value,Total Customer Lifetime Value,Historic Number Of Orders,Predicted Number Of Orders,Churn Risk Prediction,Average Days Between Orders,Average Order Value,Expected Date Of Next Order
Ann@example.com,01GA,Ann,Lee,,,+447700900101,,Leeds,England,GB,LS1,SUBSCRIBED,2024-01-01 00:00:00,2024-01-01 10:00:00,2024-06-01 10:00:00,2024-01-01 10:00:00,2024-01-01,35.00,12.00,47.00,2,0.5,0.4,30,17.50,2024-07-01
bob@example.com,01GB,Bob,Moor,,,,,York,England,GB,YO1,NEVER_SUBSCRIBED,,2024-02-01 10:00:00,2024-02-01 10:00:00,2024-02-01 10:00:00,2024-02-01,0,0,0,0,0,0.9,,,
""",
    contacts=(
        ("ann@example.com", "SUBSCRIBED", "England", ""),
        ("bob@example.com", "NEVER_SUBSCRIBED", "England", ""),
    ),
)

ONEC_REGISTER = Example(
    """\
Период;Дата документа;Регистратор;Контрагент;Партнер;Номенклатура;Количество;Сумма;Себестоимость;Менеджер
01.02.2024 10:00:00;01.02.2024;Реализация товаров и услуг УТ-000001 от 01.02.2024 10:00:00;ООО Ромашка;Ромашка (группа);Бумага;10;2 500,00;1 800,00;Мария К.
01.02.2024 10:00:00;01.02.2024;Реализация товаров и услуг УТ-000001 от 01.02.2024 10:00:00;ООО Ромашка;Ромашка (группа);Ручка;100;1 000,50;600,00;Мария К.
05.02.2024 12:00:00;05.02.2024;Реализация товаров и услуг УТ-000002 от 05.02.2024 12:00:00;ИП Котов;Котов;Бумага;2;500,00;360,00;Иван С.
07.02.2024 09:00:00;07.02.2024;Возврат товаров от клиента УТ-000001 от 07.02.2024 9:00:00;ООО Ромашка;Ромашка (группа);Ручка;-10;-100,05;-60,00;Мария К.
01.03.2024 10:00:00;01.03.2024;Реализация товаров и услуг УТ-000003 от 01.03.2024 10:00:00;ООО Ромашка;Ромашка (группа);Бумага;4;1 000,00;720,00;Мария К.
""",
    orders=(
        (
            "Возврат товаров от клиента УТ-000001 от 07.02.2024 9:00:00",
            "ООО Ромашка",
            "2024-02-07 09:00:00",
            "-100.05",
            True,
        ),
        (
            "Реализация товаров и услуг УТ-000001 от 01.02.2024 10:00:00",
            "ООО Ромашка",
            "2024-02-01 10:00:00",
            "3500.5",
            False,
        ),
        (
            "Реализация товаров и услуг УТ-000002 от 05.02.2024 12:00:00",
            "ИП Котов",
            "2024-02-05 12:00:00",
            "500",
            False,
        ),
        (
            "Реализация товаров и услуг УТ-000003 от 01.03.2024 10:00:00",
            "ООО Ромашка",
            "2024-03-01 10:00:00",
            "1000",
            False,
        ),
    ),
)

EXAMPLES: tuple[tuple[str, Example], ...] = (
    ("shopify_orders", SHOPIFY_ORDERS),
    ("shopify_customers", SHOPIFY_CUSTOMERS_OLD),
    ("shopify_customers", SHOPIFY_CUSTOMERS),
    ("squarespace_orders", SQUARESPACE_ORDERS),
    ("woocommerce_analytics", WOOCOMMERCE_ANALYTICS),
    ("woocommerce_analytics", WOOCOMMERCE_ANALYTICS_OLD),
    ("woocommerce_orders", WOOCOMMERCE_ORDERS),
    ("woocommerce_advanced_export", WOOCOMMERCE_ADVANCED_EXPORT),
    ("bitrix24_deals", BITRIX24_DEALS),
    ("bitrix24_deals", BITRIX24_DEALS_ENGLISH),
    ("bitrix24_deals_bi", BITRIX24_DEALS_BI),
    ("amocrm_deals", AMOCRM_DEALS),
    ("bitrix_site_orders", BITRIX_SITE_ORDERS),
    ("yandex_metrica_crm", YANDEX_METRICA_CRM),
    ("retailcrm", RETAILCRM),
    ("retailcrm", RETAILCRM_API),
    ("taobao", TAOBAO),
    ("uci_online_retail", UCI_ONLINE_RETAIL),
    ("uci_online_retail", UCI_ONLINE_RETAIL_2),
    ("olist", OLIST),
    ("olist_items", OLIST_ITEMS),
    ("olist_orders", OLIST_ORDERS),
    ("olist_without_amounts", OLIST_WITHOUT_AMOUNTS),
    ("klaviyo", KLAVIYO),
    ("onec_register", ONEC_REGISTER),
)
