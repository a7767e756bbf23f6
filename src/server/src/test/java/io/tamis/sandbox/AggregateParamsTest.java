package io.tamis.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.Code;
import io.tamis.data.ColumnName;
import io.tamis.data.DataException;
import io.tamis.data.DatasetId;
import io.tamis.data.Json;
import io.tamis.jobs.selection.Condition;
import io.tamis.jobs.selection.KeyAsk;
import io.tamis.jobs.selection.Operator;
import io.tamis.privacy.DateFloor;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AggregateParamsTest {
    private static final String USERS = "{'id':'n','kind':'COUNT_USERS'}";

    @Test
    void parse_readsEverything() {
        assertEquals(
                new AggregateParams(
                        List.of(
                                new AggregateParams.Ask("n", AggregateParams.Kind.COUNT_USERS, Optional.empty()),
                                new AggregateParams.Ask(
                                        "avg_2", AggregateParams.Kind.MEAN, Optional.of(new ColumnName("amount")))),
                        List.of(new Condition(new ColumnName("amount"), Operator.LE, List.of(Json.of(7)))),
                        List.of(
                                new KeyAsk(new ColumnName("day"), Optional.of(DateFloor.WEEK)),
                                new KeyAsk(new ColumnName("channel"), Optional.empty()))),
                parse("{'measures':[" + USERS + ",{'id':'avg_2','kind':'MEAN','column':'shop#amount'}],"
                        + "'where':[{'column':'shop#amount','op':'LE','values':[7]}],"
                        + "'groupBy':[{'column':'shop#day','floor':'WEEK'},{'column':'shop#channel'}]}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'measures':[]}",
                "{'measures':{}}",
                "{'measures':[1]}",
                "{'measures':[{'kind':'COUNT_USERS'}]}",
                "{'measures':[{'id':'','kind':'COUNT_USERS'}]}",
                "{'measures':[{'id':'1n','kind':'COUNT_USERS'}]}",
                "{'measures':[{'id':'_users','kind':'COUNT_USERS'}]}",
                "{'measures':[{'id':'a b','kind':'COUNT_USERS'}]}",
                "{'measures':[{'id':'n','kind':'MEDIAN','column':'shop#a'}]}",
                "{'measures':[{'id':'n','kind':'count_users'}]}",
                "{'measures':[{'id':'n','kind':'COUNT_USERS','column':'shop#amount'}]}",
                "{'measures':[{'id':'n','kind':'SUM'}]}",
                "{'measures':[{'id':'n','kind':'SUM','column':'amount'}]}",
                "{'measures':[{'id':'n','kind':'SUM','column':'#amount'}]}",
                "{'measures':[{'id':'n','kind':'SUM','column':'other#amount'}]}",
                "{'measures':[{'id':'n','kind':'SUM','column':'shop#amount; DROP TABLE x'}]}",
                "{'measures':[{'id':'n','kind':'SUM','column':'shop#\\u0430mount'}]}",
                "{'measures':[{'id':'n','kind':'COUNT'},{'id':'n','kind':'COUNT_USERS'}]}"
            })
    void parse_ofMalformedMeasures_isRefused(String params) {
        malformed(Code.INVALID_REQUEST, params);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'column':'shop#a','op':'EQ'}",
                "{'column':'shop#a','op':'EQ','values':[]}",
                "{'column':'shop#a','op':'EQ','values':[1,2]}",
                "{'column':'shop#a','op':'IN','values':[]}",
                "{'column':'shop#a','op':'IS_NULL','values':[1]}",
                "{'column':'shop#a','op':'LIKE','values':['%']}",
                "{'column':'shop#a','values':[1]}",
                "{'op':'EQ','values':[1]}",
                "{'column':'shop#a','op':'EQ','values':1}"
            })
    void parse_ofAMalformedCondition_isRefused(String condition) {
        malformed(Code.INVALID_REQUEST, "{'measures':[" + USERS + "],'where':[" + condition + "]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'column':'shop#day','floor':'HOUR'}",
                "{'floor':'DAY'}",
                "{'column':'shop#day'},{'column':'shop#day','floor':'YEAR'}"
            })
    void parse_ofMalformedKeys_isRefused(String keys) {
        malformed(Code.INVALID_REQUEST, "{'measures':[" + USERS + "],'groupBy':[" + keys + "]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'measures':[" + USERS + "],'having':[]}",
                "{'measures':[{'id':'n','kind':'COUNT_USERS','suppress':false}]}",
                "{'measures':[" + USERS + "],'where':[{'column':'shop#a','op':'IS_NULL','not':true}]}",
                "{'measures':[" + USERS + "],'groupBy':[{'column':'shop#a','alias':'x'}]}"
            })
    void parse_ofAnUndocumentedField_isRefused(String params) {
        malformed(Code.UNKNOWN_FIELD, params);
    }

    @Test
    void parse_overItsLimits_isRefused() {
        malformed(Code.TOO_LARGE, "{'measures':[" + many(9, i -> "{'id':'n" + i + "','kind':'COUNT'}") + "]}");
        malformed(
                Code.TOO_LARGE,
                "{'measures':[" + USERS + "],'where':[" + many(17, i -> "{'column':'shop#a','op':'IS_NULL'}") + "]}");
        malformed(
                Code.TOO_LARGE,
                "{'measures':[" + USERS + "],'groupBy':[" + many(4, i -> "{'column':'shop#c" + i + "'}") + "]}");
        malformed(
                Code.TOO_LARGE,
                "{'measures':[" + USERS + "],'where':[{'column':'shop#a','op':'IN','values':["
                        + many(257, Integer::toString) + "]}]}");
        malformed(Code.TOO_LARGE, "{'measures':[{'id':'" + "n".repeat(65) + "','kind':'COUNT'}]}");
    }

    private static String many(int count, IntFunction<String> item) {
        return IntStream.range(0, count).mapToObj(item).collect(Collectors.joining(","));
    }

    private static AggregateParams parse(String params) {
        return AggregateParams.parse(ShopDeclaration.json(params), new DatasetId("shop"));
    }

    private static void malformed(Code code, String params) {
        assertEquals(
                code, assertThrows(DataException.class, () -> parse(params)).code());
    }
}
