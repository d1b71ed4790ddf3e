package dev.terminalcloud.transaction.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terminalcloud.posapi.ApiException;
import dev.terminalcloud.transaction.intake.SaleData.Member;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parsing of sale data, and its missing members. */
class SaleDataTest {
    private static final String COMPLETE =
            """
            {"version":"1.0.0","saleData":{"totalAmount":"5.00","totalTax":"0.65","lineItems":[
              {"productName":"Tea","quantity":"1","unitPrice":"5.00","unitTax":"0.65","totalPrice":"5.00","totalTax":"0.65",
               "categories":[{"categoryName":"Drinks"}]}]}}
            """;

    @Test
    void byteOrderMarkIsRemoved() {
        assertThat(SaleData.of("\uFEFF" + COMPLETE)).isEqualTo(SaleData.of(COMPLETE));
        assertThatThrownBy(() -> SaleData.of("\uFEFF")).isInstanceOf(ApiException.class);
    }

    @Test
    void completeDocumentLacksNothing() {
        assertThat(SaleData.of(COMPLETE).missing()).isEmpty();
        assertThat(SaleData.of(COMPLETE).text()).isEqualTo(COMPLETE);
    }

    @ParameterizedTest
    @CsvSource({
        "VERSION, version",
        "SALE_DATA, saleData",
        "TOTAL_AMOUNT, totalAmount",
        "LINE_PRODUCT_NAME, productName",
        "LINE_QUANTITY, quantity",
        "LINE_UNIT_PRICE, unitPrice",
        "LINE_UNIT_TAX, unitTax",
        "LINE_TOTAL_PRICE, totalPrice",
        "CATEGORY_NAME, categoryName"
    })
    void eachMandatoryMemberIsMissed(Member member, String wireName) {
        String document = COMPLETE.replace('"' + wireName + '"', "\"other\"");
        assertThat(SaleData.of(document).missing()).contains(member);
    }

    @Test
    void taxIsMissedInTheSaleAndInTheLine() {
        assertThat(SaleData.of(COMPLETE.replace("totalTax", "other")).missing())
                .containsExactlyInAnyOrder(Member.TOTAL_TAX, Member.LINE_TOTAL_TAX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "\"text\"", "5", "null", "{}"})
    void anyJsonIsPassedOn(String document) {
        Set<Member> ofTheDocument = Arrays.stream(Member.values())
                .filter(member -> !member.name().startsWith("LINE_") && member != Member.CATEGORY_NAME)
                .collect(Collectors.toSet());
        assertThat(SaleData.of(document).missing()).isEqualTo(ofTheDocument);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "{", "{\"version\":", "{} {}", "{} and more", "version=1", "{'version':1}", "\u0001"})
    void saleDataThatIsNotJsonIsRejected(String text) {
        assertThatThrownBy(() -> SaleData.of(text))
                .isInstanceOf(ApiException.class)
                .hasMessageStartingWith("SaleData is not valid JSON");
    }

    @Test
    void deepJsonIsRefusedNotFollowed() {
        assertThatThrownBy(() -> SaleData.of("[".repeat(100_000) + "]".repeat(100_000)))
                .isInstanceOf(ApiException.class)
                .hasMessageStartingWith("SaleData is not valid JSON");
    }
}
