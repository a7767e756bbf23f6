"""Writes the fixtures beside this file, with pyarrow 25.0.1 and polars 1.44.2: what DuckDB does not write."""
import datetime as dt
import decimal
import pathlib

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

HERE = pathlib.Path(__file__).parent
ROWS = 300


def table(required, unit="us"):
    def nulled(i, value):
        return value if required or i % 3 else None

    epoch = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)
    columns = {
        "buyer": (pa.string(), [f"u{i % 150}" for i in range(ROWS)]),
        "amount": (pa.decimal128(12, 2), [nulled(i, decimal.Decimal(i * 700 - 9_000) / 100) for i in range(ROWS)]),
        "pieces": (pa.int32(), [nulled(i + 1, i * 977 - 500) for i in range(ROWS)]),
        "brand": (pa.string(), [nulled(i + 2, f"brand-{i // 5}-é") for i in range(ROWS)]),
        "day": (pa.date32(), [nulled(i, dt.date(1997, 1, 1) + dt.timedelta(days=i)) for i in range(ROWS)]),
        "at": (
            pa.timestamp(unit, tz="UTC"),
            [nulled(i + 1, epoch + dt.timedelta(seconds=i * 86_399)) for i in range(ROWS)],
        ),
        "paid": (pa.bool_(), [nulled(i + 2, i % 5 < 2) for i in range(ROWS)]),
        "friends": (pa.int64(), [nulled(i, i * 3) for i in range(ROWS)]),
    }
    fields = [pa.field(name, kind, nullable=not required) for name, (kind, _) in columns.items()]
    return pa.table({name: pa.array(values, kind) for name, (kind, values) in columns.items()}, pa.schema(fields))


def csv(name, rows):
    def text(value):
        if value is None:
            return ""
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, dt.datetime):
            return value.strftime("%Y-%m-%dT%H:%M:%SZ")
        return str(value)

    lines = [",".join(rows.column_names)] + [",".join(map(text, row.values())) for row in rows.to_pylist()]
    (HERE / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


optional, required = table(False), table(True)
csv("optional.csv", optional)
csv("required.csv", required)


def write(name, rows, **options):
    pq.write_table(rows, HERE / name, **options)


SMALL = {"data_page_size": 256, "write_batch_size": 16}
for codec in ("none", "snappy", "gzip", "zstd"):
    write(f"optional-pages2-{codec}.parquet", optional, data_page_version="2.0", compression=codec, **SMALL)
write("required-pages1.parquet", required, **SMALL)
write("required-pages2.parquet", required, data_page_version="2.0", **SMALL)
write("optional-version1.parquet", optional, version="1.0", use_dictionary=False)
write("optional-dictionary-overflows.parquet", optional, dictionary_pagesize_limit=128, **SMALL)
write("optional-decimal-integer.parquet", optional, store_decimal_as_integer=True)
write("optional-checksums.parquet", optional, write_page_checksum=True, write_page_index=True, row_group_size=70)
write("optional-millis.parquet", table(False, "ms"))
write("optional-nanos.parquet", table(False, "ns"))
DELTAS = {
    "buyer": "DELTA_LENGTH_BYTE_ARRAY",
    "brand": "DELTA_BYTE_ARRAY",
    "amount": "DELTA_BYTE_ARRAY",
    "pieces": "DELTA_BINARY_PACKED",
    "at": "DELTA_BINARY_PACKED",
    "friends": "DELTA_BINARY_PACKED",
    "paid": "RLE",
}
write("optional-deltas.parquet", optional, use_dictionary=False, column_encoding=DELTAS)
write("required-deltas.parquet", required, use_dictionary=False, column_encoding=DELTAS, data_page_version="2.0")
pl.from_arrow(optional).write_parquet(HERE / "optional-polars.parquet")
pl.from_arrow(optional).write_parquet(HERE / "optional-polars-groups.parquet", row_group_size=64, data_page_size=200)

# What is not read: byte streams split, seconds of no zone, structs, dictionaries as Arrow has them are plain strings.
write("refused-split.parquet", optional, use_dictionary=False, column_encoding={"pieces": "BYTE_STREAM_SPLIT"})
write("refused-int96.parquet", optional, use_deprecated_int96_timestamps=True)
