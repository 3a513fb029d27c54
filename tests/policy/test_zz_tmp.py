from tests.policy.test_every_form import _faults_of
def test_zz(sqlite_world):
    world=sqlite_world
    for endpoint, found in world.forms.items():
        if endpoint.startswith(("assignments","dashboards")):
            for f in _faults_of(world, found): print("BAD", endpoint, f)
