"""Writes sandbox/schedule-expression.cases.json: cron expressions with the times that they mean.

The times are found by walking over the calendar day by day, which shares nothing with the reckoning that is tested but the rules
of "Cron expressions reference" (EventBridge user guide) and "Schedule types" (EventBridge Scheduler user guide).
"""
import calendar
import datetime as dt
import json
import pathlib
from zoneinfo import ZoneInfo

MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
DAYS = "SUN MON TUE WED THU FRI SAT".split()
UTC = dt.timezone.utc


def number(text, names, least):
    return names.index(text) + least if text in names else int(text)


def values(text, least, most, names=()):
    found = set()
    for item in text.split(","):
        body, _, step = item.partition("/")
        if body == "*":
            low, high = least, most
        elif "-" in body:
            low, high = (number(part, names, least) for part in body.split("-"))
        else:
            low = number(body, names, least)
            high = most if step else low
        whole = list(range(low, high + 1)) if low <= high else list(range(low, most + 1)) + list(range(least, high + 1))
        found.update(whole[:: int(step or 1)])
    return found


def weekday(day):
    return (day.weekday() + 1) % 7 + 1


def is_day(day, day_of_month, day_of_week):
    last = calendar.monthrange(day.year, day.month)[1]
    if day_of_week == "?":
        if day_of_month == "L":
            return day.day == last
        if day_of_month.endswith("W"):
            target = last if day_of_month == "LW" else int(day_of_month[:-1])
            if target > last:
                return False
            near = [d for d in (0, -1, 1, -2, 2) if 1 <= target + d <= last and day.replace(day=target + d).weekday() < 5]
            return day.day == target + near[0]
        return day.day in values(day_of_month, 1, 31)
    if day_of_week == "L":
        return weekday(day) == 7
    if "#" in day_of_week:
        name, nth = day_of_week.split("#")
        return weekday(day) == number(name, DAYS, 1) and (day.day - 1) // 7 + 1 == int(nth)
    if day_of_week.endswith("L"):
        return weekday(day) == number(day_of_week[:-1], DAYS, 1) and day.day + 7 > last
    return weekday(day) in values(day_of_week, 1, 7, DAYS)


def runs(expression, zone, after, count=4):
    minute, hour, day_of_month, month, day_of_week, year = expression.split()
    minutes, hours = sorted(values(minute, 0, 59)), sorted(values(hour, 0, 23))
    months, years = values(month, 1, 12, MONTHS), values(year, 1970, 2199)
    found, day = [], after.astimezone(zone).date() - dt.timedelta(days=1)
    while len(found) < count and day.year <= max(years):
        if day.year in years and day.month in months and is_day(day, day_of_month, day_of_week):
            for h in hours:
                for m in minutes:
                    wall = dt.datetime(day.year, day.month, day.day, h, m, tzinfo=zone)
                    at = wall.astimezone(UTC)
                    # fold=0 is the first of two; a time that is skipped does not come back as itself.
                    if at > after and at.astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
                        found.append(at)
        day += dt.timedelta(days=1)
    return sorted(found)[:count]


EXPRESSIONS = """
0 10 * * ? *|15 12 * * ? *|0 18 ? * MON-FRI *|0 8 1 * ? *|0/15 * * * ? *|0/10 * ? * MON-FRI *|0/5 8-17 ? * MON-FRI *|15 10 ? * 6L 2026-2030
0 9 ? * 2#1 *|0 12 * * ? *|5,35 14 * * ? *|0 20 ? * MON-FRI *|0 0 L * ? *|0 9 LW * ? *|0 9 15W * ? *|0 9 1W * ? *|0 9 31W * ? *|30 6 3W * ? *
0 0 1 1 ? *|0 0 29 2 ? *|0 0 31 * ? *|59 23 31 12 ? *|0 0 ? * 1 *|0 0 ? * 7 *|0 0 ? * SUN *|0 0 ? * SAT *|0 0 ? * L *|0 0 ? * 1L *|0 0 ? * 7L *
0 0 ? * FRIL *|0 0 ? * 3#2 *|0 0 ? * TUE#5 *|0 0 ? * 1#5 *|0 0 ? 2 5#5 *|0 0 ? * MON,WED,FRI *|0 0 ? * 2-6 *|0 0 ? * 6-2 *|0 0 ? * FRI-MON *|0 0 ? * 1/2 *|0 0 ? * 2/3 *
0 0 1/7 * ? *|0 0 5/10 * ? *|0 0 1,15 * ? *|0 0 10-20/5 * ? *|0 0 1 1/3 ? *|0 0 1 2/5 ? *|0 0 1 JAN,APR,JUL,OCT ? *|0 0 1 jan-mar ? *|0 0 1 NOV-FEB ? *|0 0 1 11-2 ? *
1/10 * * * ? *|0-30/10 4 * * ? *|50/20 4 * * ? *|7 3/6 * * ? *|0 22-3 * * ? *|0 20-4/3 * * ? *|55-5 12 * * ? *|*/20 */8 * * ? *|0 0,12 1,31 * ? *|1,2,3,58 23 * * ? *
0 6 * * ? 2027|0 6 1 6 ? 2027-2029|0 6 1 6 ? 2026/2|0 6 ? 3 MON#1 2027,2031|0 0 28-31 2 ? *|0 0 L 2 ? *|30 1 * 3 ? *|30 2 * * ? *|30 1 * * ? *|0 3 * * ? *|0/30 0-4 * 3,10,11 ? *|15 2 ? 3,11 SUN *
0 0 ? JAN-JUN 2#1 *|0 17 LW 12 ? *|0 17 ? 12 6L *|45 7 ? * 2,4,6 *|0 8 ? * MON#4 *|10 10 10W * ? *|0 9 30W * ? *|0 9 28W 2 ? *|0/59 5 * * ? *|0 5/23 * * ? *
""".replace("\n", "|").split("|")
ZONES = [
    ("UTC", "2026-01-01T00:00:00"),
    ("UTC", "2026-02-27T23:59:00"),
    ("Asia/Ho_Chi_Minh", "2026-11-24T17:00:00"),
    ("America/New_York", "2026-03-07T12:00:00"),
    ("America/New_York", "2026-10-31T12:00:00"),
    ("Europe/Berlin", "2026-03-28T12:00:00"),
    ("Australia/Lord_Howe", "2026-04-04T00:00:00"),
]

cases = []
for index, expression in enumerate(filter(None, EXPRESSIONS)):
    # Each expression in UTC and in two more zones, by turns; those near a change of the clock in all.
    chosen = ZONES if expression.split()[1] in ("1", "2", "3", "0-4") else [ZONES[index % 2], ZONES[2 + index % 5], ZONES[2 + (index + 2) % 5]]
    for zone, after in chosen:
        start = dt.datetime.fromisoformat(after).replace(tzinfo=UTC)
        times = runs(expression.upper(), ZoneInfo(zone), start)
        cases.append([expression, zone, after + "Z", [at.strftime("%Y-%m-%dT%H:%M:%SZ") for at in times]])

target = pathlib.Path(__file__).parent.parent / "sandbox" / "schedule-expression.cases.json"
target.write_text("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")
print(len(cases), target)
