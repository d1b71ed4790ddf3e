package dev.terminalcloud.systemtests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static dev.terminalcloud.systemtests.ProductionClasses.ALL;
import static dev.terminalcloud.systemtests.ProductionClasses.SERVICES;

import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Calendar;
import java.util.Date;
import org.junit.jupiter.api.Test;

/** Rules about the code. */
class CodeRulesTest {
    private static final String EMPTY_NAME = "(.*(Impl|Manager|Helpers?|Utils?|Constants|Base|Dto|DTO))(\\$.*)?";
    private static final String EMPTY_FIELD = EMPTY_NAME + "|impl|manager|helpers?|utils?|dto";

    /** Certificates have their times as Date. */
    private static final String USES_CERTIFICATES =
            "dev\\.terminalcloud\\.(connector\\.tls\\.ServerCertificate|embedded\\.tls\\.TestAuthority)";

    @Test
    void namesAreSpecific() {
        noClasses().should().haveNameMatching(EMPTY_NAME).check(ALL);
        noClasses().should().haveSimpleNameStartingWith("Abstract").check(ALL);
        noFields().should().haveNameMatching(EMPTY_FIELD).check(ALL);
    }

    @Test
    void namesFollowTheVocabulary() {
        noFields()
                .should()
                .haveNameMatching(
                        "(MOS[T]|LONGES[T]|GREATES[T]|LEAS[T]|FEWES[T]|SHORTES[T]|DEEPES[T]|HIGHES[T]|SMALLES[T])(_.*)?")
                .check(ALL);
        noClasses()
                .should()
                .haveNameMatching(".*[.$](Of|For|About|From)[A-Z]\\w*")
                .check(ALL);
    }

    @Test
    void packagesAreNamedByFeature() {
        noClasses()
                .should()
                .resideInAnyPackage(
                        "..dto..",
                        "..model..",
                        "..impl..",
                        "..common..",
                        "..mapper..",
                        "..util..",
                        "..utils..",
                        "..helper..")
                .check(ALL);
    }

    @Test
    void nothingCallsThreadSleep() {
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(ALL);
    }

    @Test
    void timeIsAnInstantFromAClock() {
        noClasses()
                .that()
                .haveNameNotMatching(USES_CERTIFICATES)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Date.class)
                .check(ALL);
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Calendar.class)
                .check(ALL);
        noClasses().should().callMethod(Instant.class, "now").check(SERVICES);
        noClasses().should().callMethod(LocalDateTime.class, "now").check(SERVICES);
        noClasses().should().callMethod(LocalDate.class, "now").check(SERVICES);
        noClasses().should().callMethod(System.class, "currentTimeMillis").check(SERVICES);
    }

    @Test
    void nothingIsCountedInFractions() {
        noFields().should().haveRawType(double.class).check(ALL);
        noFields().should().haveRawType(float.class).check(ALL);
        noFields().should().haveRawType(Double.class).check(ALL);
        noFields().should().haveRawType(Float.class).check(ALL);
    }

    @Test
    void fieldsAreNotInjected() {
        noFields().should().beAnnotatedWith("jakarta.inject.Inject").check(SERVICES);
    }

    @Test
    void nothingStaticChanges() {
        fields().that().areStatic().should().beFinal().check(ALL);
    }

    @Test
    void servicesPrintNothing() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(SERVICES);
    }

    @Test
    void classesDoNotInheritFromEachOther() {
        ArchRuleDefinition.classes()
                .that()
                .areNotInterfaces()
                .and()
                .areNotAssignableTo(Throwable.class)
                .should(new NotExtendProjectClasses())
                .check(ALL);
    }
}
