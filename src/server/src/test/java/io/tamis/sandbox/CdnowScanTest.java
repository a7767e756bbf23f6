package io.tamis.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.catalog.ScanFile;
import io.tamis.catalog.Snapshot;
import io.tamis.catalog.load.CsvImport;
import io.tamis.catalog.load.Effort;
import io.tamis.catalog.load.StoredVersion;
import io.tamis.crypto.BcfksKeyProvider;
import io.tamis.crypto.SecretBytes;
import io.tamis.crypto.SystemRandom;
import io.tamis.data.Code;
import io.tamis.data.Dataset;
import io.tamis.data.DatasetId;
import io.tamis.data.RandomSource;
import io.tamis.jobs.Planned;
import io.tamis.policy.load.LoadResult;
import io.tamis.policy.load.PolicyLoader;
import io.tamis.privacy.PartialSums;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration's question over the real purchases, through the real import, against sums over the CSV itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CdnowScanTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final String QUESTION = "'measures':[{'id':'buyers','kind':'COUNT_USERS'},"
            + "{'id':'orders','kind':'COUNT'},{'id':'revenue','kind':'SUM','column':'cdnow#amount_usd'}],"
            + "'groupBy':[{'column':'cdnow#purchased_on','floor':'QUARTER'}]";
    private static final String UNTIL_AUTUMN =
            ",'where':[{'column':'cdnow#purchased_on','op':'LT','values':['1997-10-01']}]";

    private record Purchase(String customer, String quarter, long cents) {}

    private Dataset dataset;
    private Snapshot snapshot;
    private List<Purchase> purchases;

    @BeforeAll
    void load(@TempDir Path folder) throws IOException {
        var loaded = assertInstanceOf(LoadResult.Loaded.class, PolicyLoader.load(ROOT.resolve("policies")));
        dataset = loaded.bundle().datasets().get(new DatasetId("cdnow"));
        Path csv = ROOT.resolve("sandbox-datasets").resolve("cdnow").resolve("purchases.csv");
        RandomSource random = new SystemRandom();
        Path version = Files.createDirectory(folder.resolve("version"));
        try (var password = SecretBytes.ofPassword("for a test only".toCharArray());
                var in = Files.newInputStream(csv)) {
            var keys = BcfksKeyProvider.create(folder.resolve("keys"), password, true, random);
            try (var load = new CsvImport(dataset, version, keys, random, Effort.DEFAULT)) {
                load.read(in);
                var stored = StoredVersion.open(version, dataset, load.write().contentHash());
                snapshot = ScanFixture.snapshot(
                        stored.scanFolder(),
                        dataset,
                        stored.files().stream()
                                .map(file -> new ScanFile(
                                        file.bucket(),
                                        file.name(),
                                        file.sha256(),
                                        file.rows(),
                                        file.firstUnit(),
                                        file.lastUnit()))
                                .toList());
            }
        }
        purchases = Files.readAllLines(csv).stream()
                .skip(1)
                .map(line -> purchase(line.split(",")))
                .toList();
    }

    /** The numbers of docs/privacy.md: true buyers and bounded revenue of the first three quarters. */
    @Test
    void scan_ofTheDemonstrationsQuestion_isTheDocumentedTruth() {
        PartialSums sums = scan("{" + QUESTION + UNTIL_AUTUMN + "}");
        assertEquals(List.of(2_357L, 524L, 418L), ScanFixture.measure(sums, 0));
        assertEquals(List.of(9_520_961L, 2_916_217L, 2_320_890L), ScanFixture.measure(sums, 1));
    }

    @Test
    void scan_ofThreeQuarters_isTheBoundedTruthOfTheCsv() {
        PartialSums sums = scan("{" + QUESTION + UNTIL_AUTUMN + "}");
        List<String> quarters = List.of("1997-Q1", "1997-Q2", "1997-Q3");
        for (int group = 0; group < 3; group++) {
            Map<String, List<Purchase>> people = people(quarters.get(group));
            assertEquals(people.size(), sums.at(0, group));
            assertEquals(total(people, own -> Math.min(15_000, sum(own))), sums.at(1, group));
            assertEquals(total(people, own -> Math.min(5, own.size())), sums.at(2, group));
        }
    }

    /** Over six quarters a customer counts in three of them at most, which the scan must enforce and the CSV does not. */
    @Test
    void scan_ofSixQuarters_countsACustomerInThree() {
        PartialSums sums = scan("{" + QUESTION + "}");
        var quarters = new HashMap<String, Long>();
        purchases.stream()
                .map(purchase -> purchase.customer() + "/" + purchase.quarter())
                .distinct()
                .forEach(pair -> quarters.merge(pair.substring(0, pair.indexOf('/')), 1L, Long::sum));
        long expected =
                quarters.values().stream().mapToLong(own -> Math.min(3, own)).sum();
        long unbounded = quarters.values().stream().mapToLong(Long::longValue).sum();
        assertTrue(expected < unbounded);
        assertEquals(
                expected,
                ScanFixture.measure(sums, 0).stream().mapToLong(Long::longValue).sum());
    }

    @Test
    void plan_askingForTheCustomer_isRefused() {
        for (String params : List.of(
                "{'measures':[{'id':'n','kind':'COUNT','column':'cdnow#customer_id'}]}",
                "{'measures':[{'id':'n','kind':'COUNT_USERS'}],'groupBy':[{'column':'cdnow#customer_id'}]}")) {
            assertEquals(
                    new Planned.Refused(Code.LABEL_L5_USE),
                    AggregatePlanner.plan(ShopDeclaration.request(params, dataset, 6_000)));
        }
    }

    private PartialSums scan(String params) {
        return ScanFixture.job().scan(ScanFixture.plan(params, dataset), ScanFixture.inputs(snapshot));
    }

    private Map<String, List<Purchase>> people(String quarter) {
        return purchases.stream()
                .filter(purchase -> purchase.quarter().equals(quarter))
                .collect(Collectors.groupingBy(Purchase::customer));
    }

    private static long total(Map<String, List<Purchase>> people, ToLongFunction<List<Purchase>> share) {
        return people.values().stream().mapToLong(share).sum();
    }

    private static long sum(List<Purchase> own) {
        return own.stream()
                .mapToLong(purchase -> Math.min(15_000, purchase.cents()))
                .sum();
    }

    private static Purchase purchase(String[] fields) {
        var day = LocalDate.parse(fields[1]);
        return new Purchase(
                fields[0],
                day.getYear() + "-Q" + ((day.getMonthValue() - 1) / 3 + 1),
                new BigDecimal(fields[3]).movePointRight(2).longValueExact());
    }
}
