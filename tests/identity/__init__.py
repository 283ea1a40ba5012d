"""Which screens are the same: pairs of screens of real applications, labelled by what a person would call them.

What counts as one state, decided before anything was measured:

- a list with other rows, sorted, filtered, searched, paged, with rows ticked, and an empty one: one state;
- a form with another record, filled in or not, and a page for another person (who may do less): one state;
- a message that something was done ("was added successfully"): the same state as without it;
- a dialog, a menu, a list of choices or a calendar that is open: another state than the page without it; the same menu
  opened for another record is the same;
- another tab, another step of a wizard, another page: another state;
- a complaint (a validation error, a refused sign-in): another state; another complaint on the same form is the same;
- signed in or not: another state.
"""
