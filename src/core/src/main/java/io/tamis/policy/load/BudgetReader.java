package io.tamis.policy.load;

import io.tamis.data.Charge;
import io.tamis.data.DeltaE18;
import io.tamis.data.JsonFields;
import io.tamis.data.MicroEpsilon;
import io.tamis.data.MicroRho;
import io.tamis.data.Zcdp;
import io.tamis.policy.Budgets;

/**
 * Reads {@code budgets.yaml} and holds every cap against what is declared to the persons concerned: pure epsilon plus the
 * epsilon of the zCDP part is at most the declared epsilon, likewise delta (policy note, section 3).
 */
final class BudgetReader {
    static final String FILE = "budgets.yaml";

    private final Problems problems;

    BudgetReader(Problems problems) {
        this.problems = problems;
    }

    Budgets read(Yaml document) {
        var fields = new JsonFields(document.toJson());
        var conversion = new DeltaE18(fields.integer("conversionDeltaE18", 1, DeltaE18.VALUE_MAX));
        JsonFields dataset = fields.object("dataset");
        var ofDataset = new Declared(dataset.object("declared"), conversion);
        JsonFields merchant = dataset.object("merchant");
        JsonFields all = dataset.object("allMerchants");
        JsonFields collaboration = fields.object("collaboration");
        var ofCollaboration = new Declared(collaboration.object("declared"), conversion);
        return new Budgets(
                caps("/dataset/merchant/month", merchant.object("month"), ofDataset),
                caps("/dataset/merchant/lifetime", merchant.object("lifetime"), ofDataset),
                caps("/dataset/allMerchants/month", all.object("month"), ofDataset),
                caps("/dataset/allMerchants/lifetime", all.object("lifetime"), ofDataset),
                caps("/collaboration/lifetime", collaboration.object("lifetime"), ofCollaboration));
    }

    private Charge caps(String pointer, JsonFields fields, Declared declared) {
        var caps = new Charge(
                new MicroRho(fields.integer("rhoMicro", 0, MicroRho.VALUE_MAX)),
                new DeltaE18(fields.integer("deltaE18", 0, DeltaE18.VALUE_MAX)),
                new MicroEpsilon(fields.integer("pureEpsilonMicro", 0, MicroEpsilon.VALUE_MAX)));
        // Compared as longs: both sides are below 2^54, and a sum of the capped types would refuse to exist beyond
        // 2^53.
        long epsilon = caps.pureEpsilon().value()
                + Zcdp.epsilon(caps.rho(), declared.conversion).value();
        if (epsilon > declared.epsilon.value()) {
            problems.add(FILE, pointer, "allows more epsilon than is declared");
        }
        if (declared.conversion.value() + caps.delta().value() > declared.delta.value()) {
            problems.add(FILE, pointer, "allows more delta than is declared");
        }
        return caps;
    }

    private record Declared(MicroEpsilon epsilon, DeltaE18 delta, DeltaE18 conversion) {
        Declared(JsonFields fields, DeltaE18 conversion) {
            this(
                    new MicroEpsilon(fields.integer("epsilonMicro", 1, MicroEpsilon.VALUE_MAX)),
                    new DeltaE18(fields.integer("deltaE18", 1, DeltaE18.VALUE_MAX)),
                    conversion);
        }
    }
}
