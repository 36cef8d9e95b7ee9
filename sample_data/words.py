"""Invented people, companies and goods of the sample shops, as data. Any likeness to a real one is by chance."""

from __future__ import annotations

FIRST_NAMES = (
    "Ada", "Alice", "Amy", "Ben", "Carl", "Clara", "Dan", "Diana", "Emma", "Eric", "Faye", "Fred", "Grace", "Hal",
    "Hugo", "Ida", "Iris", "Jack", "Jane", "Kate", "Kurt", "Laura", "Leo", "Lily", "Marc", "Mia", "Nina", "Noah",
    "Olga", "Otto", "Paul", "Pia", "Rita", "Rosa", "Ruth", "Sam", "Sara", "Theo", "Tina", "Vera", "Will", "Zoe",
)  # fmt: skip
LAST_NAMES = (
    "Adler", "Ames", "Baker", "Birch", "Boyd", "Cole", "Crane", "Dale", "Drake", "Elm", "Finch", "Ford", "Gale",
    "Grant", "Hale", "Hart", "Holt", "Irwin", "Jarvis", "Keane", "Lamb", "Lowe", "Marsh", "Mills", "Nash", "North",
    "Orr", "Page", "Penn", "Quill", "Reed", "Rowe", "Shaw", "Stone", "Thorn", "Upton", "Vale", "Ward", "West", "York",
)  # fmt: skip
EMAIL_DOMAINS = ("example.com", "example.org")
SPICES = {"blends": 26.0, "peppers": 21.0, "herbs": 17.0, "teas": 24.0}
"""Category -> median order, USD."""
GIFT_CATEGORY = "gift sets"
CHANNELS = {"website": 0.55, "social": 0.2, "marketplace": 0.15, "store": 0.1}

RUSSIAN_NAMES = (
    "Алина", "Алла", "Анна", "Вера", "Галина", "Дарья", "Дина", "Ева", "Елена", "Жанна", "Зоя", "Инна", "Ирина",
    "Кира", "Лана", "Лидия", "Майя", "Марина", "Мария", "Мила", "Нина", "Ольга", "Полина", "Раиса", "Римма", "Софья",
    "Тамара", "Ульяна", "Эмма", "Юлия", "Яна", "Антон", "Глеб", "Егор", "Иван", "Лев", "Олег", "Роман", "Тимур",
)  # fmt: skip
RUSSIAN_INITIALS = "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЭЮЯ"
CITIES = {
    "Москва": 0.3, "Тверь": 0.14, "Казань": 0.11, "Самара": 0.09, "Пермь": 0.09, "Уфа": 0.08, "Омск": 0.07,
    "Тула": 0.06, "Томск": 0.06,
}  # fmt: skip
PHONE_PREFIX = "+7975000"
"""+7 975 is given to no operator in the numbering data that phone libraries carry: such a number reaches nobody."""

BRANDS = (
    "云杉", "青禾", "远帆", "晨曦", "金穗", "海棠", "松涛", "竹溪", "星野", "白鹭", "南枝", "北辰", "东篱", "西岭",
    "长亭", "清泉", "丹枫", "玉泽", "墨川", "苍岩", "雁归", "鹿鸣", "石桥", "柳岸", "谷雨", "霜林", "知夏", "望舒",
    "临江", "扶光",
)  # fmt: skip
TRADES = ("餐饮", "超市", "酒店", "食堂", "便利", "烘焙")
MANAGERS = ("陈静", "李伟", "王芳", "赵磊", "周敏", "孙涛")
REGIONS = {"华东": 0.34, "华南": 0.24, "华北": 0.2, "华中": 0.12, "西南": 0.1}
SUPPLIES = {"粮油": 168.0, "调味品": 92.0, "饮料": 64.0, "清洁用品": 45.0, "包装": 38.0}
"""Category -> typical price of one case, CNY."""

REASONS_NAMED = {
    "service": 0.34,
    "quality": 0.13,
    "competitors": 0.31,
    "forgot": 0.14,
    "natural": 0.06,
    "unclear": 0.02,
}
"""Why customers of the spice shop say they left: the price is named more often than it is meant."""
REASONS_CONFIRMED = {"service": 0.55, "quality": 0.16, "competitors": 0.14, "forgot": 0.12, "natural": 0.03}
ANSWERS = {
    "service": (
        "delivery was late twice", "nobody answered my e-mail", "they were rude on the phone",
        "wrong item in the parcel", "the website crashed at checkout", "waited two weeks for a parcel",
        "support never answered",
    ),
    "quality": (
        "the pepper was stale", "a jar was broken", "the taste is not what it was", "poor quality of the last order",
    ),
    "competitors": ("too expensive", "cheaper elsewhere", "found a better offer", "cheaper in another shop"),
    "forgot": ("I simply forgot", "nobody reminded me", "I moved and lost your address"),
    "natural": ("it was a gift, one time only", "I no longer need them"),
    "unclear": ("ask my husband",),
}  # fmt: skip
REASON_NAMES = {
    "service": "service", "quality": "quality", "competitors": "competitors", "forgot": "forgot",
    "natural": "no longer needed",
}  # fmt: skip
FAULTS = {
    "they were rude on the phone": "a person", "nobody answered my e-mail": "a person",
    "support never answered": "a person", "wrong item in the parcel": "a person", "a jar was broken": "a person",
    "delivery was late twice": "a system", "the website crashed at checkout": "a system",
    "waited two weeks for a parcel": "a system",
}  # fmt: skip
"""Who failed, where an answer tells it."""
