"""What the pages of courses show, put together from queries."""

from ldtrack.courses.pages.catalogue import CataloguePage, catalogue_page, in_words
from ldtrack.courses.pages.course import CoursePage, course_page
from ldtrack.courses.pages.mine import MyCourses, my_courses
from ldtrack.courses.pages.offering import OfferingPage, offering_page
from ldtrack.courses.pages.renewals import RenewalsPage, renewals_page
from ldtrack.courses.pages.statements import ParkedPage, SourcesPage, parked_page, sources_page

__all__ = [
    "CataloguePage",
    "CoursePage",
    "MyCourses",
    "OfferingPage",
    "ParkedPage",
    "RenewalsPage",
    "SourcesPage",
    "catalogue_page",
    "course_page",
    "in_words",
    "my_courses",
    "offering_page",
    "parked_page",
    "renewals_page",
    "sources_page",
]
