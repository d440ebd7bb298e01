"""The counting itself: a runner that cannot say `failed` proves nothing."""

import unittest

from suites import outcome


class Counting(unittest.TestCase):
    def test_the_last_line_of_counts_is_taken(self):
        text = "1 passed, 0 failed, 0 skipped\nnoise\n3 passed, 1 failed, 2 skipped\n"
        self.assertEqual(outcome.of_counts(text, 1), outcome.Outcome(3, 1, 2))

    def test_a_program_that_ended_badly_has_failed_whatever_it_counted(self):
        self.assertEqual(outcome.of_counts("3 passed, 0 failed, 0 skipped\n", 1),
                         outcome.Outcome(3, 1, 0))

    def test_a_program_that_ran_nothing_has_failed(self):
        for text in ["", "0 passed, 0 failed, 0 skipped\n", "killed\n"]:
            with self.subTest(text=text):
                self.assertEqual(outcome.of_counts(text, 0).failed, 1)

    def test_doctest_cases_that_say_skipped_are_not_passed(self):
        text = ("SKIPPED: mustache spec (../shared/data is not there)\n"
                "[doctest] test cases:  10 |  9 passed | 1 failed | 4 skipped\n"
                "[doctest] assertions: 99 | 98 passed | 1 failed |\n")
        self.assertEqual(outcome.of_doctest(text, 1), outcome.Outcome(8, 1, 1))

    def test_a_crash_before_the_summary_is_a_failure(self):
        self.assertEqual(outcome.of_doctest("==1==ERROR: AddressSanitizer\n", 1), outcome.FAILED)
        self.assertEqual(outcome.of_doctest("", 0), outcome.FAILED)

    def test_a_sanitizer_that_complains_after_the_summary_is_a_failure(self):
        text = "[doctest] test cases: 2 | 2 passed | 0 failed | 0 skipped\n"
        self.assertEqual(outcome.of_doctest(text, 23), outcome.Outcome(2, 1, 0))

    def test_dotnet_projects_are_added(self):
        text = ("Passed!  - Failed:     0, Passed:    12, Skipped:     1, Total:    13, Duration\n"
                "Failed!  - Failed:     2, Passed:     3, Skipped:     0, Total:     5, Duration\n")
        self.assertEqual(outcome.of_dotnet(text, 1), outcome.Outcome(15, 2, 1))


if __name__ == "__main__":
    unittest.main()
