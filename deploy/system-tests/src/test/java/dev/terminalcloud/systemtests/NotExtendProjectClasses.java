package dev.terminalcloud.systemtests;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** A class may implement interfaces and extend what a framework asks for, but not extend a class of ours. */
final class NotExtendProjectClasses extends ArchCondition<JavaClass> {
    NotExtendProjectClasses() {
        super("extend no class of ours");
    }

    @Override
    public void check(JavaClass item, ConditionEvents events) {
        boolean extendsOurs = item.getRawSuperclass()
                .filter(parent -> parent.getPackageName().startsWith("dev.terminalcloud"))
                .filter(parent -> !parent.isEnum())
                .isPresent();
        events.add(new SimpleConditionEvent(
                item,
                !extendsOurs,
                item.getName() + " extends "
                        + item.getRawSuperclass().map(JavaClass::getName).orElse("nothing")));
    }
}
